import { tableLayout } from './layout.ts';

interface Identifiable {
  setIdentifier(type: 'entity' | 'version', identifier: string): void;
}

/** Names an ElectroDB entity's marker attributes as the layout does: the stream's event filter selects on `entity`. */
export function identified<Entity extends Identifiable>(entity: Entity): Entity {
  entity.setIdentifier('entity', tableLayout.entityAttribute);
  entity.setIdentifier('version', 'entityVersion');
  return entity;
}
