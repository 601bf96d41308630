import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { itemKinds } from '../../../domain/table/item-kinds.ts';
import {
  auditedAttributes,
  commonAttributes,
  unshownAttributes,
} from '../../../events/audited-attributes.ts';

const Model = z.object({
  model: z.object({
    entity: z.string(),
    schema: z.object({ attributes: z.record(z.string(), z.unknown()) }),
  }),
});

/** The attributes of each kind of item that the product's entities declare. */
const declared = Object.values(import.meta.glob('../../../domain/**/*.entity.ts', { eager: true }))
  .flatMap((module) => Object.values(z.record(z.string(), z.unknown()).parse(module)))
  .flatMap((value) => Model.safeParse(value).data ?? [])
  .map(({ model }) => ({ entity: model.entity, attributes: Object.keys(model.schema.attributes) }));

const bookkeeping = new Set(itemKinds.flatMap((kind) => (kind.bookkeeping ? [kind.entity] : [])));
const audited = declared.filter(({ entity }) => !bookkeeping.has(entity));

describe('the audit trail', () => {
  it('knows of each attribute of what it audits whether to show it', () => {
    expect(audited.length).toBeGreaterThan(3);
    const unknown = audited.flatMap(({ entity, attributes }) => {
      const known = new Set<string>([
        ...commonAttributes,
        ...(auditedAttributes[entity] ?? []),
        ...(unshownAttributes[entity] ?? []),
        'changed',
      ]);
      return attributes.filter((name) => !known.has(name)).map((name) => `${entity}.${name}`);
    });
    expect(unknown, 'name these in events/audited-attributes.ts').toEqual([]);
  });

  it('knows of each kind that it shows that it is none of the bookkeeping', () => {
    for (const entity of Object.keys(auditedAttributes)) expect(bookkeeping).not.toContain(entity);
  });

  it('shows none of what is kept out of it', () => {
    for (const [entity, names] of Object.entries(unshownAttributes))
      for (const name of names) expect(auditedAttributes[entity]).not.toContain(name);
  });
});
