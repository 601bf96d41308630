import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differenceOf, type FieldChange } from '../../../domain/audit/list-trail.ts';

type Fields = Record<string, unknown>;

/** A field's path as a list of names. */
const namesOf = (field: string): string[] =>
  field.split(/(?<!(?<!\\)(?:\\\\)*\\)\./).map((name) => name.replaceAll(/\\(.)/g, '$1'));

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Removes a field, and any parent that is then empty. */
function without(fields: Fields, [name = '', ...rest]: string[]): Fields {
  const { [name]: inner, ...others } = fields;
  const left = rest.length > 0 && isFields(inner) ? without(inner, rest) : {};
  return Object.keys(left).length === 0 ? others : { ...others, [name]: left };
}

function withValue(fields: Fields, [name = '', ...rest]: string[], value: unknown): Fields {
  const inner = fields[name];
  return {
    ...fields,
    [name]: rest.length === 0 ? value : withValue(isFields(inner) ? inner : {}, rest, value),
  };
}

/** Applies a difference: first removals, then additions. */
function applied(before: Fields, changes: readonly FieldChange[]): Fields {
  const cleared = changes.reduce<Fields>(
    (fields, { field, ...change }) => ('before' in change ? without(fields, namesOf(field)) : fields),
    before,
  );
  return changes.reduce<Fields>(
    (fields, { field, ...change }) =>
      'after' in change ? withValue(fields, namesOf(field), change.after) : fields,
    cleared,
  );
}

const name = fc.oneof(
  fc.constantFrom('a', 'b', 'name', 'a.b', 'a\\', '\\.', ''),
  fc.string({ maxLength: 4 }).filter((text) => text !== '__proto__'),
);
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.oneof(fc.string({ maxLength: 5 }), fc.integer(), fc.boolean(), fc.constant(null)),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(name, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value;
const fields = fc.dictionary(name, json, { maxKeys: 5, noNullPrototype: true });

const reordered = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reordered);
  return isFields(value) ? reversed(value) : value;
};
const reversed = (state: Fields): Fields =>
  Object.fromEntries(
    Object.entries(state)
      .reverse()
      .map(([key, inner]) => [key, reordered(inner)]),
  );

describe('the difference of two states', () => {
  it('names each value that changed, nested ones by their path', () => {
    const before = { role: 'team_member', contact: { name: 'A', email: 'a@example.com' } };
    const after = { role: 'org_admin', contact: { name: 'B', email: 'a@example.com', phone: '1' } };
    expect(differenceOf(before, after)).toEqual([
      { field: 'contact.name', before: 'A', after: 'B' },
      { field: 'contact.phone', after: '1' },
      { field: 'role', before: 'team_member', after: 'org_admin' },
    ]);
  });

  it('of a new thing is all of it, and of a removed one too', () => {
    expect(differenceOf(null, { contact: { name: 'New' } })).toEqual([
      { field: 'contact.name', after: 'New' },
    ]);
    expect(differenceOf({ name: 'Old' }, null)).toEqual([{ field: 'name', before: 'Old' }]);
  });

  it('shows a list as one value', () => {
    expect(differenceOf({ domains: ['a.example'] }, { domains: ['a.example', 'b.example'] })).toEqual([
      { field: 'domains', before: ['a.example'], after: ['a.example', 'b.example'] },
    ]);
  });

  it('applied to the state before gives the state after', () => {
    fc.assert(
      fc.property(fields, fields, (before, after) => {
        expect(applied(before, differenceOf(before, after))).toEqual(after);
      }),
    );
  });

  it('is empty when nothing changed, in whatever order the fields come, and only then', () => {
    fc.assert(
      fc.property(fields, (state) => {
        expect(differenceOf(state, reversed(state))).toEqual([]);
      }),
    );
    fc.assert(
      fc.property(fields, fields, (before, after) => {
        if (differenceOf(before, after).length === 0) expect(before).toEqual(after);
      }),
    );
  });

  it('the other way round swaps before and after', () => {
    fc.assert(
      fc.property(fields, fields, (one, other) => {
        const swapped = differenceOf(other, one).map(({ field, ...change }) => ({
          field,
          ...('after' in change ? { before: change.after } : {}),
          ...('before' in change ? { after: change.before } : {}),
        }));
        expect(differenceOf(one, other)).toEqual(swapped);
      }),
    );
  });
});
