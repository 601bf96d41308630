import { describe, expect, it } from 'vitest';
import { newOrganizationId } from '../../../domain/ids.ts';
import { itemKinds, kindOf, subjects } from '../../../domain/nouns.ts';
import { type ItemKind, item, text } from '../../../domain/table/item.ts';
import { planners } from '../../../domain/undo/undo-entry.ts';

const samples: Readonly<Record<string, string>> = {
  month: '2026-11',
  date: '2026-11-24',
  position: '2#000000000001',
};

/** A key of an item of a kind, in one organization. */
function keyOf({ key, oneOf = {} }: ItemKind, organizationId: string) {
  const filled = (template: string) =>
    template.replaceAll(
      /\{(\w+)\}/g,
      (_, name: string) => ({ ...samples, organizationId })[name] ?? oneOf[name]?.[0] ?? 'x1',
    );
  return { pk: filled(key[0]), sk: filled(key[1]) };
}

describe('the key of an item', () => {
  it.each(itemKinds)('says that it is of the kind $name, and of no other', (kind) => {
    expect(kindOf(keyOf(kind, 'platform'))).toBe(kind);
    const own = kind.isPlatforms === true ? undefined : kind;
    expect(kindOf(keyOf(kind, newOrganizationId(new Date())))).toBe(own);
  });

  it('begins with the organization', () => {
    for (const { key } of itemKinds) expect(key[0]).toMatch(/^\{organizationId\}#/);
  });

  it('of the platform’s own kinds is none in an organization', () => {
    const pk = (partition: string) => `${newOrganizationId(new Date())}#${partition}`;
    for (const [partition, sk] of [
      ['webhook', 'msg_1'],
      ['identity', 'user_1'],
      ['import', 'batch#1'],
      ['usage', 'run#1'],
      ['access#usage-run', 'x'],
    ] as const)
      expect(kindOf({ pk: pk(partition), sk }), partition).toBeUndefined();
  });

  it('that no kind has is nobody’s', () => {
    const organizationId = newOrganizationId(new Date());
    for (const [partition, sk] of [
      ['team', 'team_1#owner#user_1'],
      ['organization', 'profile#2'],
      ['organization', 'x'],
      ['audit#x#y', 'x'],
      ['other', 'x'],
      ['', 'x'],
    ] as const)
      expect(kindOf({ pk: `${organizationId}#${partition}`, sk }), `${partition} ${sk}`).toBeUndefined();
  });
});

describe('the audit trail', () => {
  const audited = itemKinds.flatMap((kind) =>
    kind.trail === undefined ? [] : [{ ...kind, trail: kind.trail }],
  );

  it('shows what an item declares as shown, and nothing that it hides', () => {
    const { attributes, trail } = item({
      name: 'example',
      key: ['{organizationId}#example', '{exampleId}'],
      shown: { exampleId: text() },
      hidden: { secret: text() },
      trail: { actions: ['example.created'] },
    });
    expect(Object.keys(attributes)).toEqual(['exampleId', 'secret']);
    expect(trail).toEqual({ actions: ['example.created'], shows: ['exampleId'] });
  });

  it('shows no attribute that holds a secret, or that only finds items', () => {
    expect(audited.length).toBeGreaterThan(3);
    for (const { name, trail } of audited)
      for (const attribute of ['hash', 'secrets', 'objectKey', 'providerId', 'holder', 'nameOrder'])
        expect(name === 'approval' && attribute === 'hash' ? [] : trail.shows, name).not.toContain(attribute);
  });

  it('shows what a secondary change may touch', () => {
    for (const { trail } of audited)
      expect(trail.shows).toEqual(expect.arrayContaining([...(trail.secondary ?? [])]));
  });

  it('says of each action what undoing it does, or why it can’t be undone', () => {
    for (const { name, trail } of audited) {
      // Changes of an item that declares nothing can't be undone.
      if (trail.undo) expect(Object.keys(trail.undo).sort(), name).toEqual([...trail.actions].sort());
      const canBeUndone = Object.values(trail.undo ?? {}).some((what) => !what.startsWith('never'));
      expect(Object.hasOwn(planners, name), name).toBe(canBeUndone);
    }
  });

  it('has names for actions that begin with a noun', () => {
    for (const { trail } of audited)
      for (const action of trail.actions) expect(action).toMatch(/^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*$/);
  });
});

describe('the subjects of the access rules', () => {
  it('are each of one noun', () => {
    expect(new Set(subjects).size).toBe(subjects.length);
  });
});
