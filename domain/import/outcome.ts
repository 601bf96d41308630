import type * as z from 'zod/mini';
import type { Role, TeamRole } from '../access/roles.schema.ts';
import type { AuditEntry } from '../audit/audit.schema.ts';
import type { OrganizationId, TeamId, UserId } from '../ids.ts';
import type { Organization } from '../organization/profile.schema.ts';
import { bytesOf, mostBytes } from '../table/storable.ts';
import {
  creationTimeOf,
  exactText,
  isObject,
  type LegacyDocument,
  type LegacyTable,
  type SourceLine,
  textOf,
  timeOf,
} from './document.ts';
import type { Finding, FindingKind } from './finding.ts';

export interface ImportedOrganization
  extends Pick<Organization, 'id' | 'name' | 'contactPerson' | 'status' | 'subscription' | 'createdAt'> {
  readonly kind: 'organization';
}

export interface ImportedUser {
  readonly kind: 'user';
  readonly organizationId: OrganizationId;
  readonly userId: UserId;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly createdAt: string;
}

export interface ImportedMember {
  readonly userId: UserId;
  readonly role: TeamRole;
  readonly joinedAt: string;
}

export interface ImportedTeam {
  readonly kind: 'team';
  readonly organizationId: OrganizationId;
  readonly teamId: TeamId;
  readonly name: string;
  readonly description?: string;
  readonly createdBy?: string;
  readonly members: readonly ImportedMember[];
  readonly createdAt: string;
}

export interface ImportedEntry {
  readonly kind: 'auditEntry';
  readonly entry: AuditEntry;
}

/** What a line becomes in the product. */
export type Imported = ImportedOrganization | ImportedUser | ImportedTeam | ImportedEntry;

/** The key of an imported item. */
export type ImportedKey =
  | { readonly kind: 'organization'; readonly organizationId: OrganizationId }
  | { readonly kind: 'user'; readonly organizationId: OrganizationId; readonly userId: UserId }
  | { readonly kind: 'team'; readonly organizationId: OrganizationId; readonly teamId: TeamId }
  | {
      readonly kind: 'auditEntry';
      readonly organizationId: OrganizationId;
      readonly id: string;
      readonly timestamp: string;
    };

/** An imported item in its current state, and what last changed it: a run's id or a request id. */
export interface Found {
  readonly item: Imported;
  readonly changedBy: string | undefined;
}

/** Something without a place in the product: a whole line, or a part of one. */
interface Quarantined {
  readonly table: LegacyTable;
  readonly id: string;
  readonly line: number;
  readonly reason: FindingKind;
  /** The part's name; absent for a whole line. */
  readonly part?: string;
  /** The document or part, unchanged; the line's text if it isn't a document. */
  readonly content: unknown;
}

/**
 * The outcome of a line. `imported`: it is written. `mapped`: the product has it already. `quarantined`: it
 * is set aside. `undecided`: it would be set aside unless the mapping decides otherwise.
 */
export type Verdict = 'imported' | 'mapped' | 'quarantined' | 'undecided';

export interface Outcome {
  readonly source: SourceLine;
  readonly verdict: Verdict;
  readonly imported?: Imported;
  readonly findings: readonly Finding[];
  readonly quarantined: readonly Quarantined[];
}

/** Collects findings about one document while it is mapped. */
export interface Remarks {
  say(kind: FindingKind, detail?: string): void;
  /** Sets aside a part without a place. `detail` defaults to the part's name. */
  keep(kind: FindingKind, part: string, content: unknown, detail?: string): void;
  /** Sets aside a value that is present but unknown. */
  unknown(kind: FindingKind, part: string, value: unknown): void;
  /** Sets aside fields of a part other than the `known` ones; all of it, if it isn't an object. */
  keepOthers(part: string, value: unknown, known: readonly string[]): void;
  /** Parses a string by the product's rule. Sets it aside if it breaks the rule or would lose characters. */
  text(part: string, value: unknown, rule: z.ZodMiniType<string | undefined>): string | undefined;
  /** A short string, taken unchanged or not at all; an invalid one is set aside. */
  exact(part: string, value: unknown): string | undefined;
  /** A point in time; an invalid one is set aside. */
  time(part: string, value: unknown): string | undefined;
  imported(item: Imported): Outcome;
  /** The product has it already. */
  mapped(): Outcome;
  /** Sets the whole document aside. */
  aside(kind: FindingKind, detail?: string): Outcome;
  undecided(kind: FindingKind, detail?: string): Outcome;
}

/** The size of an item's keys and stamp, besides the imported data. */
const keysAndStamp = 2_000;

/** The outcome of a line that isn't a document. */
export function unreadable(source: SourceLine, kind: 'line-unreadable' | 'id-missing'): Outcome {
  const { table, line, text } = source;
  return {
    source,
    verdict: 'quarantined',
    findings: [{ kind, table, id: '', line }],
    quarantined: [{ table, id: '', line, reason: kind, content: text }],
  };
}

/** Starts the findings for a document. `known` lists the fields that have a place in the product. */
export function remarksOn(document: LegacyDocument, known: readonly string[]): Remarks {
  const { table, id, line, fields } = document;
  const source: SourceLine = { table, line, text: document.text };
  const findings: Finding[] = [];
  const parts: Quarantined[] = [];
  const ofParts = new Set<Finding>();
  const say = (kind: FindingKind, detail?: string): Finding => {
    const finding = { kind, table, id, line, ...(detail === undefined ? {} : { detail }) };
    findings.push(finding);
    return finding;
  };
  const whole = (kind: FindingKind, verdict: Verdict, detail?: string): Outcome => {
    say(kind, detail);
    // The whole document is set aside, so its parts needn't be.
    const quarantined = [{ table, id, line, reason: kind, content: fields }];
    return { source, verdict, findings: findings.filter((finding) => !ofParts.has(finding)), quarantined };
  };
  const keep = (kind: FindingKind, part: string, content: unknown, detail = part) => {
    ofParts.add(say(kind, detail));
    parts.push({ table, id, line, reason: kind, part, content });
  };
  const keepRest = () => {
    const rest = Object.entries(fields).filter(([name]) => !known.includes(name));
    if (rest.length > 0) keep('fields-kept', rest.map(([name]) => name).join(', '), Object.fromEntries(rest));
  };
  const keepOthers = (part: string, value: unknown, own: readonly string[]) => {
    if (value === undefined || value === null) return;
    const others = isObject(value)
      ? Object.fromEntries(Object.entries(value).filter(([name]) => !own.includes(name)))
      : value;
    if (!isObject(others) || Object.keys(others).length > 0) keep('fields-kept', part, others);
  };
  return {
    say,
    keep,
    keepOthers,
    ...readers({ say, keep }),
    imported(item) {
      if (bytesOf(item) > mostBytes - keysAndStamp) return whole('document-too-large', 'quarantined');
      keepRest();
      return { source, verdict: 'imported', imported: item, findings, quarantined: parts };
    },
    mapped() {
      keepRest();
      return { source, verdict: 'mapped', findings, quarantined: parts };
    },
    aside: (kind, detail) => whole(kind, 'quarantined', detail),
    undecided: (kind, detail) => whole(kind, 'undecided', detail),
  };
}

/** A string without irrelevant differences: line breaks, surrounding space, Unicode normalization. */
const plain = (text: string): string => text.replaceAll(/\r\n?/g, '\n').trim().normalize('NFC');

const isMissing = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === 'string' && textOf(value) === undefined);

/** How parts of a document are parsed, and the findings if they can't be. */
const readers = ({
  say,
  keep,
}: Pick<Remarks, 'say' | 'keep'>): Pick<Remarks, 'unknown' | 'text' | 'exact' | 'time'> => ({
  unknown(kind, part, value) {
    if (value === undefined) say(kind);
    else keep(kind, part, value, JSON.stringify(value));
  },
  text(part, value, rule) {
    if (isMissing(value)) return undefined;
    const { data } = rule.safeParse(value);
    if (data === undefined) keep('text-unusable', part, value);
    else if (typeof value === 'string' && ![plain(value), plain(value).toLowerCase()].includes(data))
      keep('text-cleaned', part, value);
    return data;
  },
  exact(part, value) {
    const text = exactText(value);
    if (text === undefined && !isMissing(value)) keep('text-unusable', part, value);
    return text;
  },
  time(part, value) {
    const read = timeOf(value);
    if (read === undefined && value !== undefined && value !== null) keep('date-unreadable', part, value);
    if (read?.unit === 'seconds') say('time-in-seconds', part);
    return read?.time;
  },
});

/** `createdAt`, otherwise Convex's own time; undefined if a document has neither. */
export function createdAtOf(document: LegacyDocument, remarks: Remarks): string | undefined {
  const given = remarks.time('createdAt', document.fields.createdAt);
  if (given === undefined) remarks.say('created-missing');
  return given ?? creationTimeOf(document);
}
