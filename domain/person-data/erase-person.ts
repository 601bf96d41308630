import { AuditEntry } from '../audit/audit.schema.ts';
import { eraseFromEntries } from '../audit/erase-entries.ts';
import { partitionsOf } from '../departure/partitions.ts';
import type { OrganizationId } from '../ids.ts';
import { itemKinds } from '../nouns.ts';
import type { Stored } from '../table/entity.ts';
import type { Item } from '../table/query.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { write } from '../table/transaction.ts';
import { type WalkPlace, walk } from '../table/walk.ts';
import { adjust } from '../table/writes.ts';
import { allUsers } from '../user/list-users.ts';
import { calledIn, nowCalled, sparing } from './about-person.ts';
import { erasableKinds, eraseFromItems } from './erase-items.ts';
import { eraserOf } from './eraser.ts';
import { ErasingItem, type ErasurePass } from './person-data.noun.ts';

export type Erasing = Stored<typeof ErasingItem>;

/** What a pass needs. */
export interface PassTools {
  /** Seals and signs the audit log; returns the number of leaves covered. */
  readonly checkpoint: (organizationId: OrganizationId) => Promise<number>;
  readonly clock: () => Date;
  /** When to stop and leave the rest to the next run. */
  readonly until: Date;
}

/** What one page has brought: changed items and entries, and what there is still to do for others. */
interface Found {
  readonly items?: number;
  readonly entries?: number;
  readonly noted?: number;
  readonly waiting?: number;
}

const entryKinds = itemKinds.filter(({ name }) => name === 'auditEntry');

/**
 * One pass over everything an organization stores, which erases a person, or the rest of a pass that an
 * earlier run began. Its position is stored after each page that has items, so that a pass over any amount
 * of data ends, in as many runs as it takes, and a crash repeats one page.
 */
export class Pass {
  readonly #scope: OrganizationScope;
  readonly #tools: PassTools;
  #erasing: Erasing;
  #pass: ErasurePass;

  constructor(scope: OrganizationScope, erasing: Erasing, tools: PassTools) {
    [this.#scope, this.#erasing, this.#tools] = [scope, erasing, tools];
    // Names are looked up once: later, no item contains them any more.
    const stage = erasing.knownAs === undefined ? 'names' : 'items';
    this.#pass = erasing.pass ?? { stage, found: 0, noted: 0 };
  }

  /** The erasure as it is now stored. */
  get erasing(): Erasing {
    return this.#erasing;
  }

  /** Whether the pass has found nothing of the person. */
  get isClean(): boolean {
    return this.#pass.found === 0;
  }

  /** Continues until the end. Returns false if time is up before that. */
  async go(): Promise<boolean> {
    while (this.#pass.stage !== 'over') if (!(await this.#stage())) return false;
    return true;
  }

  #stage(): Promise<boolean> {
    const { stage } = this.#pass;
    if (stage === 'names') return this.#learn();
    return stage === 'items' ? this.#eraseItems() : this.#eraseEntries();
  }

  async #learn(): Promise<boolean> {
    const { userId } = this.#erasing;
    let learned = this.#pass.learned ?? (await nowCalled(this.#scope, userId));
    return await this.#walk(entryKinds, async (items) => {
      learned = calledIn(items, userId, learned);
      this.#pass = { ...this.#pass, learned };
      return {};
    });
  }

  async #eraseItems(): Promise<boolean> {
    const erase = await this.#eraser();
    return await this.#walk(erasableKinds, async (items) => ({
      items: await eraseFromItems(this.#scope, items, erase),
    }));
  }

  async #eraseEntries(): Promise<boolean> {
    const { pseudonym } = this.#erasing;
    const everything = await this.#eraser();
    const signed = await this.#tools.checkpoint(this.#scope.organizationId);
    const eraser = { pseudonym, erase: (entry: AuditEntry) => AuditEntry.parse(everything(entry)) };
    return await this.#walk(entryKinds, async (items) => {
      const { changed, noted, waiting } = await eraseFromEntries(this.#scope, eraser, { items, signed });
      return { entries: changed, noted, waiting };
    });
  }

  /** Members are re-read in each run: what they are called now is theirs. */
  async #eraser(): Promise<(value: unknown) => unknown> {
    const { userId, pseudonym, knownAs = { emails: [], names: [] } } = this.#erasing;
    return eraserOf(sparing({ userId, pseudonym, ...knownAs }, await allUsers(this.#scope)));
  }

  /** Visits the rest of a stage's pages. Returns false if time is up before the last one. */
  async #walk(kinds: typeof itemKinds, visit: (items: readonly Item[]) => Promise<Found>): Promise<boolean> {
    const { clock, until } = this.#tools;
    const partitions = await partitionsOf(this.#scope, clock(), kinds);
    for await (const { items, next } of walk(this.#scope, partitions, this.#pass.place)) {
      const isUp = next !== null && clock() >= until;
      // Most partitions are empty, and need no write.
      if (items.length > 0 || next === null || isUp) await this.#note(await visit(items), next);
      if (isUp) return false;
    }
    return true;
  }

  /** Stores what a page has brought, and where to continue: after the last page, with the next stage. */
  async #note({ items = 0, entries = 0, noted = 0, waiting = 0 }: Found, next: WalkPlace | null) {
    const { learned, ...before } = this.#pass;
    const pass = {
      ...{ ...before, place: next ?? undefined },
      found: before.found + items + entries + noted + waiting,
      noted: before.noted + noted,
    };
    const isLookedUp = next === null && pass.stage === 'names' && learned !== undefined;
    this.#erasing = {
      ...this.#erasing,
      items: this.#erasing.items + items,
      entries: this.#erasing.entries + entries,
      ...(isLookedUp ? { knownAs: learned } : {}),
    };
    this.#pass = next === null ? { ...pass, stage: stageAfter(pass) } : { ...pass, learned };
    const { userId, knownAs, items: allItems, entries: allEntries } = this.#erasing;
    const set = { pass: this.#pass, knownAs, items: allItems, entries: allEntries };
    await write(this.#scope, adjust(this.#scope, ErasingItem, { userId }, { set }));
  }
}

/** Entries are visited a second time if the first has written leaves for them. */
function stageAfter({ stage, noted }: Pick<ErasurePass, 'stage' | 'noted'>): ErasurePass['stage'] {
  if (stage === 'names') return 'items';
  if (stage === 'items') return 'entries';
  return stage === 'entries' && noted > 0 ? 'again' : 'over';
}
