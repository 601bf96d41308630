/** What a contender reads: the same items as the product for the same request. */
export interface Reads {
  readonly userId: string;
  readonly organizationId: string;
}

export const shards = [0, 1, 2, 3].map((shard) => `platform#organizations#${shard}`);
export const pageLimit = 26;
/** What the product reads from a shard for such a page. */
export const shardLimit = 14;
export const answer = (body: unknown) => ({ statusCode: 200, body: JSON.stringify(body) });
