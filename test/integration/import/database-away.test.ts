import { once } from 'node:events';
import { createServer, request, type Server } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { auditLog, organization, user } from '../../unit/domain/import/planning.ts';
import { itemsIn, startImport, writeExport } from './support.ts';

let command: Awaited<ReturnType<typeof startImport>>;
let door: Awaited<ReturnType<typeof openDoor>>;

/** A proxy to the engine that closes permanently after that many requests of a type. */
async function openDoor(endpoint: string) {
  let left = Number.POSITIVE_INFINITY;
  let closesOn = '';
  const server: Server = createServer((incoming, outgoing) => {
    if (String(incoming.headers['x-amz-target']).endsWith(closesOn)) left -= 1;
    if (left < 0) {
      incoming.socket.destroy();
      return;
    }
    const { method, headers } = incoming;
    const through = request(endpoint, { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(through);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    closeAfter(requests: number, kind: string) {
      left = requests;
      closesOn = kind;
    },
    open() {
      left = Number.POSITIVE_INFINITY;
    },
    close: () => server.close(),
  };
}

const folder = writeExport({
  organizations: [organization('one')],
  users: [user('ada', 'one', { role: 'org_admin' })],
  auditLogs: Array.from({ length: 100 }, (_, n) => auditLog(`a${n}`, 'one')),
});

beforeEach(async () => {
  command = await startImport();
  door = await openDoor(command.endpoint);
});
afterEach(async () => {
  door.close();
  await command.stop();
});

describe('a database that goes away', () => {
  it('in the dry run leaves nothing behind, and says so', async () => {
    door.closeAfter(2, 'GetItem');
    const { code, complained } = await command.through(door.endpoint, folder);
    expect(code).toBe(1);
    expect(complained).toMatch(
      /The database does not answer[^\n]*\n *Nothing was written\. Run the same command again\./,
    );
    expect(complained).not.toMatch(/^\s+at /m);
  });

  it('in the middle of an import says how far it came, and the same command goes on', async () => {
    // The organization, its user, and one batch of audit logs.
    door.closeAfter(5, 'TransactWriteItems');
    const { code, complained, runId } = await command.through(door.endpoint, folder, '--apply');
    expect({ code, complained }).toEqual({
      code: 1,
      complained: expect.stringMatching(
        /\n *\d+ of 102 lines are imported\. To continue, run the same command again/,
      ),
    });
    expect(complained).not.toMatch(/^\s+at /m);
    door.open();
    const again = await command.through(door.endpoint, folder, '--apply');
    expect({ code: again.code, agrees: again.said.match(/agrees/g)?.length }).toEqual({ code: 0, agrees: 4 });

    door.closeAfter(2, 'DeleteItem');
    const back = await command.through(door.endpoint, '--rollback', runId);
    expect(back.code).toBe(1);
    expect(back.complained).toMatch(/Undone so far: \d+\. Run the same command again to continue\./);
    door.open();
    expect(await command.through(door.endpoint, '--rollback', runId)).toMatchObject({ code: 0 });
    expect((await itemsIn(command.plane)).map(({ entity }) => entity)).toEqual(['importRun']);
  });

  it('or that there never was, is told without a stack', async () => {
    const { code, complained } = await command.through('http://127.0.0.1:9', folder);
    expect(code).toBe(1);
    expect(complained).toContain('The database does not answer (ECONNREFUSED).');
    expect(complained).not.toMatch(/^\s+at /m);
  });
});
