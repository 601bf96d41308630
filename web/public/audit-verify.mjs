/**
 * Verifies an audit log of MTCMS without trusting MTCMS: a proof file (*.proof.jsonl) or a receipt. Needs only this file
 * and Node 20.16, or a browser. docs/audit.md explains it. node audit-verify.mjs <file> [--key <vkey>] [--checkpoint <file>]…
 * Exit codes: 0 all is as it was signed · 1 something was changed or is missing · 2 not readable, or not ours.
 * RFC 6962: a leaf's hash is SHA-256(0x00 ‖ its text), which names the entry's hash, id, place and expiry; a node's is
 * SHA-256(0x01 ‖ left ‖ right). A checkpoint is a signed note (c2sp.org/tlog-checkpoint) of the number of leaves and the root.
 */
const node = globalThis.process?.getBuiltinModule?.('node:crypto');
const encode = (text) => new TextEncoder().encode(text);
const base64 = (bytes) => globalThis.Buffer?.from(bytes).toString('base64') ?? btoa(String.fromCharCode(...bytes));
const bytesOf = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const uint32 = (bytes) => new DataView(bytes.buffer, bytes.byteOffset).getUint32();
const isHash = (text) => /^[A-Za-z0-9+/]{43}=$/.test(text);
function must(holds, what) {
  if (!holds) throw new SyntaxError(what);
}

/** SHA-256 of each text or run of bytes: at once in Node, side by side by Web Crypto in a browser. */
const digest = async (data) =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', typeof data === 'string' ? encode(data) : data));
const sha256 = async (all) =>
  node?.hash ? all.map((data) => node.hash('sha256', data, 'buffer')) : Promise.all(all.map(digest));
const parent = (left, right) => Uint8Array.of(1, ...left, ...right);

/** RFC 8785, for what comes as a value and not as the text that was hashed. */
const canonical = (value) => {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join()}}`;
};

/** A tree that grows at its end, by perfect subtrees: for each level it keeps the left sibling that waits. */
class Tree {
  #waiting = [];
  size = 0;

  async append(level, hashes) {
    must(level >= 0 && this.size % 2 ** level === 0, 'a node out of place');
    this.size += hashes.length * 2 ** level;
    let added = hashes;
    for (let at = level; added.length > 0; at += 1) {
      const all = this.#waiting[at] ? [this.#waiting[at], ...added] : added;
      this.#waiting[at] = all.length % 2 === 1 ? all.at(-1) : undefined;
      added = await sha256(all.flatMap((hash, i) => (i % 2 === 1 ? [parent(all[i - 1], hash)] : [])));
    }
  }

  async root() {
    let root;
    for (const hash of this.#waiting.filter(Boolean)) root = root ? (await sha256([parent(hash, root)]))[0] : hash;
    return base64(root ?? (await sha256(['']))[0]);
  }
}

/** The root that an inclusion proof leads to (RFC 9162, 2.1.3.2); undefined if it can't be one for this place. */
async function rootBy(proof, hash, index, size) {
  let [at, last, root] = [index, size - 1, hash];
  for (const sibling of proof.map(bytesOf)) {
    if (last === 0) return undefined;
    const isRight = at % 2 === 1 || at === last;
    [root] = await sha256([isRight ? parent(sibling, root) : parent(root, sibling)]);
    while (isRight && at % 2 === 0 && at > 0) [at, last] = [at / 2, Math.floor(last / 2)];
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 && index < size ? base64(root) : undefined;
}

/** A verifier key, `<name>+<id>+<base64 of 0x01 and the public key>`. */
async function readKey(vkey) {
  const [, name, id, data] = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]{44})$/.exec(vkey) ?? [];
  must(name, 'no key');
  const bytes = bytesOf(data);
  const [hash] = await sha256([Uint8Array.of(...encode(`${name}\n`), ...bytes)]);
  must(bytes[0] === 1 && uint32(hash) === Number.parseInt(id, 16), 'no key');
  const key = await crypto.subtle.importKey('raw', bytes.slice(1), 'Ed25519', false, ['verify']);
  return { name, id: uint32(hash), key };
}

/** Reads a checkpoint's note; `isSigned` says whether the key signed it. Signatures of others don't matter. */
export async function readCheckpoint(note, vkey) {
  const { name, id, key } = await readKey(vkey);
  const end = note.lastIndexOf('\n\n') + 1;
  const [origin, size, root, ...lines] = note.slice(0, end).split('\n');
  must(origin && /^(0|[1-9]\d{0,14})$/.test(size) && isHash(root), 'no checkpoint');
  const { time, number } = Object.fromEntries(lines.map((line) => line.split(/ (.*)/)));
  const signature = note.split('\n').find((line) => line.startsWith(`— ${name} `)) ?? '';
  const bytes = bytesOf(signature.slice(name.length + 3));
  const isOurs = bytes.length === 68 && uint32(bytes) === id && signature.endsWith(base64(bytes));
  const isSigned = isOurs && (await crypto.subtle.verify('Ed25519', key, bytes.slice(4), encode(note.slice(0, end))));
  return { origin, size: Number(size), root, time, number: Number(number), isSigned };
}

/** Reads a proof file line by line and finds what is wrong with it. */
class Proof {
  findings = [];
  facts = { entries: 0, expired: 0, erased: 0, withdrawn: 0, leftOut: [], uncompared: 0 };
  lines = 0;
  #tree = new Tree();
  #batch = [];
  /** The next sequence; 32 bits of each leaf's hash; what was jumped over. After a gap no hash can be known. */
  #leaves = { next: 0, seen: [], gaps: [], imported: [], withdrawn: [], other: [], erased: new Map(), isWhole: true };
  /** Signed roots by size, and the size up to which the file agrees with them. */
  #signed = { roots: new Map(), until: 0 };

  find(code, from, to = from) {
    const last = this.findings.at(-1);
    if (from !== undefined && last?.code === code && last.to + 1 === from) last.to = to;
    else this.findings.push(from === undefined ? { code } : { code, from, to });
  }

  async begin(text, { key, checkpoints = [], now = new Date() }) {
    const { 'audit-proof': version, origin, organizationId, exportedAt, from, to, key: own } = JSON.parse(text);
    must(version === 1 && origin.endsWith(`/audit/${organizationId}`), 'no proof file');
    this.lines = 1;
    this.until = Math.min(Date.parse(exportedAt), now.getTime()) / 1000;
    this.key = key ?? own;
    if (this.key !== own) this.find('wrong_key');
    this.witnesses = await Promise.all(checkpoints.map((note) => readCheckpoint(note, this.key)));
    for (const { isSigned, origin: other, size, root } of this.witnesses)
      if (!isSigned || other !== origin) this.find(isSigned ? 'foreign_checkpoint' : 'bad_signature', size);
      else this.#isFork(size, root);
    Object.assign(this.facts, { origin, organizationId, exportedAt, from, to, key: own });
  }

  async line(text) {
    this.lines += 1;
    must(this.facts.end === undefined, 'a line after the end');
    if (/^\{"(entry|leaf)":/.test(text)) return this.#batch.push(leafLine(text)) === 2048 ? this.flush() : undefined;
    await this.flush();
    const { node, checkpoint, round, end } = JSON.parse(text);
    if (node) await this.#node(node);
    else if (checkpoint) await this.#checkpoint(checkpoint);
    else if (round) await this.#round(round);
    else if (end.lines === this.lines - 1) this.facts.end = true;
    else this.find('cut_file');
  }

  /** Hashes the lines that wait, and puts their leaves into the tree. */
  async flush() {
    const batch = this.#batch.splice(0);
    const entries = batch.filter(({ entry }) => entry);
    const hashes = await sha256(entries.map(({ entryText }) => entryText));
    for (const [i, line] of entries.entries()) line.entryHash = base64(hashes[i]);
    const leafHashes = await sha256(batch.map(({ leafText }) => `\0${leafText}`));
    const run = [];
    for (const [i, line] of batch.entries()) {
      if (!this.#place(line.leaf, leafHashes[i])) continue;
      this.#judge(line);
      if (this.#leaves.isWhole) run.push(leafHashes[i]);
      if (this.witnesses.some(({ size }) => size === this.#leaves.next)) await this.#append(0, run.splice(0));
    }
    await this.#append(0, run);
  }

  async #append(level, hashes) {
    if (!this.#leaves.isWhole || hashes.length === 0) return;
    await this.#tree.append(level, hashes);
    for (const witness of this.witnesses.filter(({ size }) => size === this.#leaves.next)) {
      witness.isCompared = true;
      if ((await this.#tree.root()) !== witness.root) this.find('rewritten', 0, witness.size - 1);
    }
  }

  /** Whether a leaf stands where its sequence says. */
  #place({ sequence }, hash) {
    const [{ next, seen, gaps }, print] = [this.#leaves, uint32(hash)];
    if (sequence > next) this.#miss(sequence);
    if (sequence >= next) {
      seen[sequence] = print;
      this.#leaves.next = sequence + 1;
      return true;
    }
    const gap = gaps.find(({ from, to }) => from <= sequence && sequence <= to);
    if (gap?.to > sequence) gaps.push({ from: sequence + 1, to: gap.to });
    if (gap) gap.to = sequence - 1;
    this.find(gap ? 'reordered' : seen[sequence] === print ? 'doubled' : 'inserted', sequence);
    return false;
  }

  #miss(until) {
    this.#leaves.gaps.push({ from: this.#leaves.next, to: until - 1 });
    this.#leaves.next = until;
    this.#leaves.isWhole = false;
  }

  /** Whether an entry is what its leaf says, or is missing for a reason that its leaf says. */
  #judge({ leaf, entry, entryText, entryHash }) {
    const { sequence, kind, expiresAt } = leaf;
    if (entry) {
      this.facts.entries += 1;
      if (entry.organizationId !== this.facts.organizationId) this.find('foreign', sequence);
      else if (entry.id !== leaf.id) this.find('edited', sequence);
      else if (entryHash !== leaf.entry)
        this.#leaves.other.push({ sequence, entryHash, people: entryText.match(/\buser_erased_\w{16}\b/g) });
    } else if (kind === 'withdrawn') this.#leaves.withdrawn.push(leaf);
    else if (kind === 'erased' && leaf.of < sequence) this.#leaves.erased.set(leaf.of, leaf);
    else if (expiresAt <= this.until) this.facts.expired += 1;
    else if (kind === 'imported') this.#leaves.imported.push(sequence);
    else this.find('removed', sequence);
  }

  /** A part of the tree that the export leaves out. */
  async #node({ from, hash, level }) {
    must(Number.isSafeInteger(level) && isHash(hash), 'no node');
    if (from > this.#leaves.next) this.#miss(from);
    must(from === this.#leaves.next, 'a node out of place');
    this.#leaves.next = from + 2 ** level;
    const last = this.facts.leftOut.at(-1);
    if (last?.to === from - 1) last.to = this.#leaves.next - 1;
    else this.facts.leftOut.push({ from, to: this.#leaves.next - 1 });
    await this.#append(level, [bytesOf(hash)]);
  }

  /** Whether the key has signed another root for this size. */
  #isFork(size, root) {
    const known = this.#signed.roots.get(size) ?? root;
    this.#signed.roots.set(size, known);
    if (known !== root) this.find('fork', size);
    return known !== root;
  }

  async #checkpoint(note) {
    const found = await readCheckpoint(note, this.key);
    const { size, root, number } = found;
    if (found.origin !== this.facts.origin) return this.find('foreign_checkpoint', size);
    if (!found.isSigned) return this.find('bad_signature', size);
    if (this.#isFork(size, root)) return;
    const { newest, leftOut } = this.facts;
    const skips = leftOut.some(({ to }) => to >= (newest?.size ?? 0));
    const expected = (newest?.number ?? 0) + 1;
    if (number < expected || size < this.#leaves.next) return this.find('reordered_checkpoint', size);
    if (number > expected && !skips) this.find('dropped', size);
    this.facts.newest = found;
    if (size > this.#leaves.next) this.#miss(size);
    if (!this.#leaves.isWhole) return;
    this.#leaves.isWhole = (await this.#tree.root()) === root;
    if (!this.#leaves.isWhole) this.find('altered', this.#signed.until, size - 1);
    this.#signed.until = size;
  }

  /** What the platform has promised about this log, beside all others: its checkpoint, in a signed round. */
  async #round({ checkpoint, index, leaf, member, memberProof, proof }) {
    const rounds = await readCheckpoint(checkpoint, this.key);
    const [memberHash, leafHash] = await sha256([member, leaf].map((one) => `\0${canonical(one)}`));
    const holds =
      rounds.isSigned &&
      `${rounds.origin}/${member.organizationId}` === this.facts.origin &&
      (await rootBy(memberProof, memberHash, index, leaf.count)) === leaf.root &&
      (await rootBy(proof, leafHash, leaf.round, rounds.size)) === rounds.root;
    if (!holds) this.find('bad_round');
    else if (member.size > this.#leaves.next) this.find('cut_tail', this.#leaves.next, member.size - 1);
    else if (!this.#isFork(member.size, member.root)) this.facts.round = leaf;
  }

  /** What can be said only when the file has been read. */
  end() {
    if (!this.facts.end) this.find('cut_file');
    for (const { sequence, entryHash, people } of this.#leaves.other) {
      const { entry, person } = this.#leaves.erased.get(sequence) ?? {};
      if (entry === entryHash && people?.includes(person)) this.facts.erased += 1;
      else this.find('edited', sequence);
    }
    for (const { from, to } of this.#leaves.gaps) if (from <= to) this.find('removed', from, to);
    for (const sequence of this.#leaves.imported)
      if (this.#leaves.withdrawn.some(({ from, to }) => from <= sequence && sequence <= to)) this.facts.withdrawn += 1;
      else this.find('removed', sequence);
    const { leftOut, newest, from: since, to: until } = this.facts;
    for (const { from, to } of leftOut)
      if ((since ?? until) === undefined || (from > 0 && to + 1 < this.#leaves.next)) this.find('left_out', from, to);
    if (!newest) this.find('no_checkpoint');
    else if (newest.size < this.#leaves.next) this.find('unsigned', newest.size, this.#leaves.next - 1);
    for (const { size, isCompared } of this.witnesses)
      if (size > this.#leaves.next) this.find('cut_tail', this.#leaves.next, size - 1);
      else if (size > 0 && !isCompared) this.facts.uncompared += 1;
  }
}

/** A line of an entry and its leaf, as values and as the very texts that were hashed. */
function leafLine(text) {
  const at = text.lastIndexOf('"leaf":{') + 7;
  const [entryText, leafText] = [at > 8 ? text.slice(9, at - 8) : null, text.slice(at, -1)];
  const [leaf, entry] = [JSON.parse(leafText), JSON.parse(entryText)];
  must(text.endsWith('}}') && Number.isSafeInteger(leaf.sequence), 'no leaf');
  must(entryText === null || (entry && text[at - 8] === ','), 'no entry');
  return { leaf, leafText, entry, entryText };
}

/** A receipt: an entry, its leaf, and the proof that the signed tree has it. */
async function receipt({ 'audit-receipt': version, entry, leaf, proof, checkpoint, key }, options) {
  must(version === 1, 'no receipt');
  const [from, newest] = [leaf.sequence, await readCheckpoint(checkpoint, options.key ?? key)];
  const [entryHash, leafHash] = await sha256([canonical(entry), `\0${canonical(leaf)}`]);
  const root = await rootBy(proof, leafHash, from, newest.size);
  const wrong = {
    wrong_key: options.key !== undefined && options.key !== key,
    bad_signature: !newest.isSigned,
    foreign: !newest.origin.endsWith(`/audit/${entry.organizationId}`),
    edited: base64(entryHash) !== leaf.entry || entry.id !== leaf.id,
    not_included: root !== newest.root,
  };
  const findings = Object.keys(wrong).flatMap((code) => (wrong[code] ? { code, from, to: from } : []));
  return { findings, facts: { entry, leaf, newest, key, origin: newest.origin, entries: 1 } };
}

/** The lines of a file that comes in chunks of bytes, and what is left after the last line end. */
async function* linesOf(chunks, onProgress) {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop();
    must(rest.length < 1 << 24, 'a line without an end');
    yield* lines;
    onProgress?.(chunk.length);
  }
  rest += decoder.decode();
  if (rest !== '') yield rest;
}

/** Verifies a file that comes in chunks of bytes. Never throws: what can't be read is a finding too. */
export async function verify(chunks, options = {}) {
  const proof = new Proof();
  try {
    for await (const text of linesOf(chunks, options.onProgress)) {
      if (proof.lines === 0 && text.includes('"audit-receipt"')) return await receipt(JSON.parse(text), options);
      await (proof.facts.origin ? proof.line(text) : proof.begin(text, options));
    }
    must(proof.facts.origin, 'an empty file');
    await proof.flush();
  } catch (error) {
    const code = error.name === 'NotSupportedError' ? 'unsupported' : 'unreadable';
    proof.findings.push({ code, line: proof.lines + 1 });
  }
  if (proof.facts.origin) proof.end();
  return { findings: proof.findings, facts: proof.facts };
}

const sentences = {
  edited: 'E: edited, the text is not the one that was recorded',
  removed: 'E: removed, and nothing says that its time was over',
  reordered: 'E: in another place than where it was recorded',
  doubled: 'E: more than once in the file',
  inserted: 'E: inserted, another entry has this place',
  altered: 'E: changed together with their records, the signed hash is another',
  foreign: 'E: of another organization',
  left_out: 'E: left out, although the export says that it has them',
  unsigned: 'E: not covered by a signed checkpoint',
  cut_tail: 'E: cut off the end, a signed checkpoint covers them',
  rewritten: 'E: not as they were when the earlier checkpoint was signed, the history was rewritten',
  not_included: 'E: not in the tree that was signed',
  fork: 'C: contradicts another one that the same key signed, there are two histories',
  dropped: 'C: the one before it was dropped',
  reordered_checkpoint: 'C: in another place than where it was signed',
  bad_signature: 'C: not signed by the key',
  foreign_checkpoint: 'C: of another log',
  cut_file: 'The file was cut, or lines were taken out or added',
  no_checkpoint: 'The file has no signed checkpoint',
  bad_round: 'The proof in the platform’s round does not hold',
  wrong_key: 'The file names another key than the one given',
  unsupported: 'This Node or browser can not check Ed25519 signatures',
  unreadable: 'Not a proof file or a receipt, or damaged',
};
const said = ({ code, from, to, line }) =>
  sentences[code]
    .replace(/^E/, from === to ? `Entry ${from}` : `Entries ${from}–${to}`)
    .replace(/^C/, `Checkpoint of ${from} entries`) + (line ? ` (line ${line})` : '');

function report({ findings, facts }, isKeyKnown, wrong = findings.length) {
  const { entries, expired, erased, withdrawn, leftOut = [], uncompared, newest, key } = facts;
  return [
    ...findings.slice(0, 100).map(said),
    wrong > 0 ? `NOT VERIFIED: ${wrong} findings` : `VERIFIED: ${entries} entries are as they were signed`,
    ...(expired ? [`${expired} entries are gone because the time to keep them was over`] : []),
    ...(erased ? [`${erased} entries had personal data erased, what is left is as it was signed then`] : []),
    ...(withdrawn ? [`${withdrawn} imported entries are gone because their import was undone`] : []),
    ...leftOut.map(({ from, to }) => `Entries ${from}–${to} are not part of this export`),
    ...(uncompared ? [`${uncompared} earlier checkpoints could not be compared with this export`] : []),
    ...(newest ? [`Newest checkpoint: ${newest.size} entries, ${newest.time}, ${newest.origin}`] : []),
    ...(key && !isKeyKnown ? [`The key is the file’s own, compare it with the published one: ${key}`] : []),
  ].join('\n');
}

async function main(args) {
  const { createReadStream, readFileSync } = process.getBuiltinModule('node:fs');
  const options = { key: { type: 'string' }, checkpoint: { type: 'string', multiple: true } };
  const util = process.getBuiltinModule('node:util');
  const { values, positionals } = util.parseArgs({ args, options, allowPositionals: true });
  must(positionals.length === 1, 'Usage: audit-verify.mjs <file> [--key <vkey>] [--checkpoint <file>]…');
  const checkpoints = (values.checkpoint ?? []).map((file) => readFileSync(file, 'utf8'));
  const chunks = createReadStream(positionals[0], { highWaterMark: 1 << 20 });
  const result = await verify(chunks, { key: values.key, checkpoints });
  console.log(report(result, values.key !== undefined));
  return result.findings.length === 0 ? 0 : result.facts.origin ? 1 : 2;
}

const url = globalThis.process?.getBuiltinModule?.('node:url');
if (url && process.argv[1] && import.meta.url === url.pathToFileURL(process.argv[1]).href)
  process.exitCode = await main(process.argv.slice(2)).catch(({ message }) => console.error(message) ?? 2);
