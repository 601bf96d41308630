import { queryOptions, useQuery } from '@tanstack/react-query';
import { type ReactNode, use } from 'react';
import { type Feature, FeaturesContext } from '../../lib/feature.ts';
import { type Language, useFormats, useLanguage, useTexts } from '../../text/language.tsx';
import type { Sentences, Told } from '../../text/sentence.ts';
import { at, type Difference, differencesOf } from './differences.ts';
import { nounOf } from './icons.ts';
import { Actor, Name, Named, NamedOrganization } from './named.tsx';
import { idOf, kindOf, type Names, type TrailEntry } from './names.ts';
import type { Grammar } from './sentences.ts';
import { Value } from './values.tsx';

/** All texts of the audit log in one language. */
interface Words extends Required<Sentences> {
  readonly grammar: Grammar;
}

/** The sentences of all features. */
async function loadWords(features: readonly Feature[], language: Language): Promise<Words> {
  const [{ grammar }, ...all] = await Promise.all([
    import('./sentences.ts'),
    ...features.flatMap(({ sentences }) => (sentences === undefined ? [] : [sentences()])),
  ]);
  return {
    grammar: grammar[language],
    actions: Object.assign({}, ...all.map(({ sentences }) => sentences[language].actions)),
    fields: Object.assign({}, ...all.map(({ sentences }) => sentences[language].fields)),
    undone: Object.assign({}, ...all.map(({ sentences }) => sentences[language].undone)),
  };
}

const wordsQuery = (features: readonly Feature[], language: Language) =>
  queryOptions({
    queryKey: ['sentences', language],
    queryFn: () => loadWords(features, language),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  });

/** The texts in the user's language; undefined until loaded. */
function useWords(): Words | undefined {
  const features = use(FeaturesContext);
  return useQuery(wordsQuery(features, useLanguage().language)).data;
}

interface Props {
  readonly entry: TrailEntry;
  readonly names: Names;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** The subject of an entry. */
function Thing({ entry, names }: Props): ReactNode {
  const { organizationId, organizationName } = entry;
  const image = entry.details.after ?? entry.details.before;
  const name = text(at(image, 'name'));
  const named = (id: string | undefined, called?: string) =>
    id === undefined ? null : <Named id={id} organizationId={organizationId} names={names} name={called} />;
  switch (kindOf(entry)) {
    case 'user':
    case 'team':
    case 'kpi':
      return named(idOf(entry), name);
    case 'teamMember':
      return named(text(at(image, 'userId')), name);
    case 'checkIn':
      return named(text(at(image, 'kpiId')));
    case 'initiative': {
      const title = text(at(image, 'title'));
      return title === undefined ? null : <Name>{title}</Name>;
    }
    case 'organization':
      return <NamedOrganization id={organizationId} name={name ?? organizationName ?? undefined} />;
    default:
      return name === undefined ? null : <Name>{name}</Name>;
  }
}

/** The parts that a sentence about an entry can refer to. */
function toldOf({ entry, names }: Props): Told {
  const { before, after } = entry.details;
  const now = after ?? before;
  const value = (field: string, stored: unknown) => (
    <Value entry={entry} field={field} value={stored} names={names} />
  );
  const subject = text(at(now, 'userId'));
  return {
    who: <Actor entry={entry} names={names} />,
    it: <Thing entry={entry} names={names} />,
    isSelf: subject !== undefined && subject === entry.userId,
    was: (field) => value(field, at(before, field)),
    now: (field) => value(field, at(now, field)),
    stored: (field) => at(now, field),
    differs: (field) => entry.changes.some((change) => change.field === field),
  };
}

const mostFields = 3;

/** A field's name within a sentence. */
function phraseOf(
  path: string,
  { fields, grammar }: Words,
  labels: Readonly<Record<string, string>>,
): string {
  const own = path.replace(/^goal\./, '');
  const last = own.split('.').at(-1) ?? own;
  return fields[own] ?? fields[last] ?? grammar.field(labels[last] ?? last);
}

/** The changed fields as a sentence; nothing if there is nothing worth saying. */
function ChangeSentence({ told, entry, words }: { told: Told; entry: TrailEntry; words: Words }): ReactNode {
  const { trail } = useTexts();
  const { list } = useFormats();
  const { grammar } = words;
  const differences = differencesOf(entry);
  const phrase = ({ field }: Difference) => phraseOf(field, words, trail.fields);
  const [first, ...more] = differences;
  if (first === undefined) return grammar.plain(told, trail.actions[entry.action] ?? entry.action);
  const { field, before, after, isLong } = first;
  if (more.length > 0) {
    const shown = differences.length > mostFields ? differences.slice(0, mostFields - 1) : differences;
    const rest = differences.length - shown.length;
    return grammar.edited(told, list([...shown.map(phrase), ...(rest > 0 ? [grammar.others(rest)] : [])]));
  }
  if (after === undefined) return grammar.cleared(told, phrase(first));
  if (isLong) return grammar.edited(told, phrase(first));
  if (before === undefined) return grammar.setTo(told, phrase(first), told.now(field));
  if (field === 'name' || field === 'title') return grammar.renamed(told, told.was(field));
  return grammar.fromTo(told, phrase(first), told.was(field), told.now(field));
}

/** The effect of an undo on an existing item. */
function undoneSentence(
  told: Told,
  { action, ...entry }: TrailEntry,
  { grammar, undone }: Words,
  labels: Readonly<Record<string, string>>,
): ReactNode {
  const own = undone[action];
  if (own !== undefined) return own(told);
  if (entry.details.after === null) return grammar.undidRestoring(told);
  const names = differencesOf(entry).map(({ field }) => field.split('.').at(-1) ?? field);
  const shown = names.slice(0, mostFields).map((name) => labels[name] ?? name);
  const rest = names.length - shown.length;
  return grammar.undid(told, [...shown, ...(rest > 0 ? [grammar.others(rest)] : [])].join(', '));
}

/** One entry as a sentence, noting whether it was done through support access. */
export function EntrySentence({ entry, names }: Props): ReactNode {
  const { audit } = useTexts();
  const told = <OneSentence entry={entry} names={names} />;
  const isSaid = entry.supportAccess === undefined || nounOf(entry.action) === 'support-access';
  if (isSaid) return told;
  return (
    <>
      {told} {audit.inSupport}
    </>
  );
}

function OneSentence({ entry, names }: Props): ReactNode {
  const words = useWords();
  const { trail } = useTexts();
  if (words === undefined) return null;
  const told = toldOf({ entry, names });
  const { before, after } = entry.details;
  const label = trail.actions[entry.action];
  // Only the action itself is known.
  if (entry.isWithheld === true) return words.grammar.plain({ ...told, it: null }, label ?? entry.action);
  if (entry.undoes !== undefined && before !== null) return undoneSentence(told, entry, words, trail.fields);
  const sentence = (entry.undoes && words.undone[entry.action]) ?? words.actions[entry.action];
  if (sentence !== undefined) return sentence(told);
  if (before !== null && after !== null && label !== undefined)
    return <ChangeSentence told={told} entry={entry} words={words} />;
  if (label !== undefined) return words.grammar.plain(told, label);
  // Entries imported from a legacy system may refer to items without a name here.
  const isNamed = (at(after ?? before, 'name') ?? names.get(idOf(entry))?.name) !== undefined;
  return words.grammar.plain({ ...told, it: isNamed && told.it }, <code>{entry.action}</code>);
}

/** A repeated action, as a sentence. */
export function TimesSentence({ entry, names, count }: Props & { readonly count: number }): ReactNode {
  const words = useWords();
  const say = words?.grammar.times[entry.action];
  return say === undefined ? (
    <EntrySentence entry={entry} names={names} />
  ) : (
    say(toldOf({ entry, names }), count)
  );
}
