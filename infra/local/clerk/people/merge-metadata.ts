import type { Metadata } from '../store/state.ts';

const isObject = (value: unknown): value is Metadata =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Merges as Clerk does: objects at every depth, `null` deletes the key, anything else replaces. Source: Backend API, users/{id}/metadata. */
export function mergeMetadata(old: Metadata, change: Metadata): Metadata {
  const merged = { ...old };
  for (const [key, value] of Object.entries(change)) {
    if (value === null) delete merged[key];
    else if (isObject(value)) {
      const before = merged[key];
      merged[key] = mergeMetadata(isObject(before) ? before : {}, value);
    } else merged[key] = value;
  }
  return merged;
}
