import { tableLayout } from './layout.ts';

interface Identifiable {
  setIdentifier(type: 'entity' | 'version', identifier: string): void;
}

/**
 * Names an ElectroDB entity's marker attributes as the layout does: what reads the stream compares `entity`
 * with the key.
 */
export function identified<Entity extends Identifiable>(entity: Entity): Entity {
  entity.setIdentifier('entity', tableLayout.entityAttribute);
  entity.setIdentifier('version', 'entityVersion');
  return entity;
}
