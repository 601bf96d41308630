import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { merged } from '../../web/components/form/save-form.ts';

const version = fc.record({ a: fc.nat(2), b: fc.nat(2), c: fc.nat(2) });
type Name = 'a' | 'b' | 'c';
const groups: readonly (readonly Name[])[] = [['a'], ['b', 'c']];
const versions = fc.record({ opened: version, mine: version, theirs: version });

describe('two changes of the same thing', () => {
  it('are both kept where each has changed something else, and a conflict where both have', () => {
    fc.assert(
      fc.property(versions, ({ opened, mine, theirs }) => {
        const { values, conflicts } = merged(groups, { opened, mine, theirs });
        for (const group of groups) {
          const differ = (one: typeof mine, other: typeof mine) =>
            group.some((name) => one[name] !== other[name]);
          const kept = differ(opened, mine) ? mine : theirs;
          for (const name of group) expect(values[name]).toBe(kept[name]);
          const both = differ(opened, mine) && differ(opened, theirs) && differ(mine, theirs);
          expect(group.some((name) => conflicts.includes(name))).toBe(both);
        }
        for (const name of conflicts) expect(mine[name]).not.toBe(theirs[name]);
      }),
    );
  });
});
