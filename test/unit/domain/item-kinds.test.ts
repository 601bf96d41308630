import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { newOrganizationId } from '../../../domain/ids.ts';
import { itemKinds, kindOf } from '../../../domain/table/item-kinds.ts';

const Key = z.object({ field: z.string(), template: z.string() });
const Model = z.object({
  model: z.object({
    entity: z.string(),
    indexes: z.record(z.string(), z.object({ pk: Key, sk: Key })),
  }),
});
const samples: Readonly<Record<string, string>> = {
  month: '2026-11',
  date: '2026-11-24',
  partition: 'access',
};

/** A key of each kind of item that the product's entities declare. */
const declared = Object.values(import.meta.glob('../../../domain/**/*.entity.ts', { eager: true }))
  .flatMap((module) => Object.values(z.record(z.string(), z.unknown()).parse(module)))
  .flatMap((value) => Model.safeParse(value).data ?? [])
  .map(({ model: { entity, indexes } }) => {
    const own = Object.values(indexes).find(({ pk }) => pk.field === 'pk');
    if (own === undefined) throw new Error(`${entity} has no key`);
    const filled = ({ template }: z.infer<typeof Key>, organizationId: string) =>
      template.replace(/\$\{(\w+)\}/g, (_, name: string) => ({ ...samples, organizationId })[name] ?? 'x1');
    const keyOf = (organizationId: string) => ({
      pk: filled(own.pk, organizationId),
      sk: filled(own.sk, organizationId),
    });
    return { entity, keyOf };
  });

describe('the key of an item', () => {
  it.each(declared)('says that it is of the kind $entity, and of no other', ({ entity, keyOf }) => {
    const key = keyOf('platform');
    expect(kindOf(key)?.entity).toBe(entity);
    const matching = itemKinds.filter(({ partition, sort }) => {
      const fits = partition.test(key.pk.slice('platform#'.length));
      return fits && (sort === undefined || sort.test(key.sk));
    });
    expect(matching.map((kind) => kind.entity)).toEqual([entity]);
  });

  it('is known for every kind that is listed', () => {
    expect(new Set(itemKinds.map(({ entity }) => entity))).toEqual(
      new Set(declared.map(({ entity }) => entity)),
    );
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
});
