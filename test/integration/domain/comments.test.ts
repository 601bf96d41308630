import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemActor } from '../../../domain/actor.ts';
import { commentsAfter, findComment, withAuthors } from '../../../domain/comment/list-comments.ts';
import { createComment, deleteComment, updateComment } from '../../../domain/comment/write-comment.ts';
import { deleteKpi } from '../../../domain/kpi/delete-kpi.ts';
import { withOwners } from '../../../domain/kpi/kpi-people.ts';
import { restoreKpi } from '../../../domain/kpi/restore-kpi.ts';
import { assessKpi } from '../../../domain/kpi/update-kpi.ts';
import type { ControlPlane } from '../../../domain/table/scope.ts';
import { startControlPlane } from './support/control-plane.ts';
import { now } from './support/founding.ts';
import { reportedKpi } from './support/reported-kpi.ts';

let plane: ControlPlane;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ plane, stop } = await startControlPlane());
});
afterAll(() => stop());

describe('comments on a KPI', () => {
  it('are listed newest first, page by page, with the names of who wrote them', async () => {
    const { id: kpiId, scope, actor, read } = await reportedKpi(plane, 'Talk');
    const kpi = await read();
    for (const minute of [1, 2, 3])
      await createComment(
        { scope, actor, now: new Date(now.getTime() + minute * 60_000) },
        { kpi, input: { text: `Number ${minute}` } },
      );
    const first = await commentsAfter(scope, { kpiId, position: undefined, limit: 2 });
    expect(first.map(({ text }) => text)).toEqual(['Number 3', 'Number 2']);
    const rest = await commentsAfter(scope, { kpiId, position: first[1]?.id, limit: 2 });
    const [last] = await withAuthors(scope, rest);
    expect(last).toMatchObject({ text: 'Number 1', by: actor.by, byName: expect.any(String) });
  });

  it('say that support wrote one, and of a member nothing of the kind', async () => {
    const { id: kpiId, scope, actor, read } = await reportedKpi(plane, 'Support');
    const kpi = await read();
    const sofia = { ...actor, by: 'user_sofia', role: 'super_admin' } as const;
    await createComment({ scope, actor, now }, { kpi, input: { text: 'Why?' } });
    const ctx = { scope, actor: sofia, now: new Date(now.getTime() + 60_000) };
    const made = await createComment(ctx, { kpi, input: { text: 'Because' } });
    expect(made.bySupport).toBe(true);
    const listed = await withAuthors(
      scope,
      await commentsAfter(scope, { kpiId, position: undefined, limit: 2 }),
    );
    expect(listed.map(({ bySupport, byName }) => [bySupport, byName === undefined])).toEqual([
      [true, true],
      [undefined, false],
    ]);
  });

  it('are edited and deleted at the revision that was read, and go with the KPI', async () => {
    const { id: kpiId, scope, actor, read } = await reportedKpi(plane, 'Edit');
    const [ctx, kpi] = [{ scope, actor, now }, await read()];
    const { id: commentId } = await createComment(ctx, { kpi, input: { text: 'First' } });
    const stored = await findComment(scope, { kpiId, commentId });
    if (stored === null) throw new Error('the comment is not there');
    const other = systemActor('system:somebody', 'request-1');
    await expect(
      updateComment({ ...ctx, actor: other }, { kpi, stored, revision: 1, text: 'Not mine' }),
    ).rejects.toMatchObject({ code: 'forbidden', reason: 'comment_not_yours' });
    const edited = await updateComment(ctx, { kpi, stored, revision: 1, text: 'Second' });
    expect(edited).toMatchObject({ text: 'Second', revision: 2 });
    for (const late of [
      () => updateComment(ctx, { kpi, stored, revision: 2, text: 'Third' }),
      () => updateComment(ctx, { kpi, stored, revision: 1, text: 'Third' }),
      () => deleteComment(ctx, { kpi, stored, revision: 1 }),
    ])
      await expect(late()).rejects.toMatchObject({ code: 'stale' });
    await deleteComment(ctx, { kpi, stored: { ...stored, revision: 2 }, revision: 2 });
    expect(await findComment(scope, { kpiId, commentId })).toBeNull();
    await deleteKpi(ctx, { kpi, revision: kpi.revision });
    await expect(createComment(ctx, { kpi, input: { text: 'Too late' } })).rejects.toMatchObject({
      code: 'conflict',
    });
  });
});

describe('confidence', () => {
  it('is kept beside the status with who said it, outlives a deletion, and is taken away again', async () => {
    const { id, scope, actor, read, report } = await reportedKpi(plane, 'Confidence');
    const ctx = { scope, actor, now };
    await report(90);
    await assessKpi(ctx, { kpi: await read(), input: { level: 'off_track', note: 'It was counted wrong.' } });
    const [kpi] = await withOwners(scope, [await read()]);
    expect(kpi).toMatchObject({
      status: 'on_track',
      confidence: {
        level: 'off_track',
        note: 'It was counted wrong.',
        by: actor.by,
        byName: expect.any(String),
      },
      revision: 2,
    });
    await deleteKpi(ctx, { kpi: await read(), revision: 2 });
    await expect(
      assessKpi(ctx, { kpi: kpi ?? (await read()), input: { level: null } }),
    ).rejects.toMatchObject({
      code: 'not_found',
    });
    if (kpi !== undefined) await restoreKpi(ctx, { kpi, plan: 'enterprise' });
    expect((await read()).confidence).toMatchObject({ level: 'off_track' });
    const without = await assessKpi(ctx, { kpi: await read(), input: { level: null } });
    expect([without.confidence, (await read()).confidence]).toEqual([undefined, undefined]);
    expect(without.id).toBe(id);
  });
});
