import { append, emptyFrontier, type SubtreePlace } from './frontier.ts';
import type { Digest, Hash } from './hash.ts';
import type { SubtreeSource } from './proofs.ts';

/** Levels of the tree per tile, as in C2SP tlog-tiles. */
export const tileHeight = 8;
export const tileWidth = 2 ** tileHeight;

/** A tile of hashes: of leaves on level 0, above that of complete tiles of the level below. */
export interface TilePlace {
  readonly level: number;
  readonly index: number;
}

/** The hashes stored in a tile so far. */
export type TileSource = (place: TilePlace) => Promise<readonly Hash[]>;

/** The subtree roots contained in tiles. Each tile is loaded once. */
export function subtreesOf(tiles: TileSource, digest: Digest): SubtreeSource {
  const known = new Map<string, Promise<readonly Hash[]>>();
  const tile = (place: TilePlace) => {
    const name = `${place.level}/${place.index}`;
    const asked = known.get(name) ?? tiles(place);
    known.set(name, asked);
    return asked;
  };
  return async ({ level, index }: SubtreePlace) => {
    const [tileLevel, height] = [Math.floor(level / tileHeight), level % tileHeight];
    const first = index * 2 ** height;
    const hashes = await tile({ level: tileLevel, index: Math.floor(first / tileWidth) });
    const within = hashes.slice(first % tileWidth, (first % tileWidth) + 2 ** height);
    if (within.length < 2 ** height) throw new Error(`a tile lacks the subtree ${level}/${index}`);
    const [root] = append(emptyFrontier, within, digest).roots;
    if (root === undefined) throw new Error('a subtree without leaves');
    return root;
  };
}
