import { Alert, Button, CopyButton, Group, List, Stack, Text } from '@mantine/core';
import IconCopy from '@tabler/icons-react/icons/IconCopy';
import IconDownload from '@tabler/icons-react/icons/IconDownload';
import IconShieldCheck from '@tabler/icons-react/icons/IconShieldCheck';
import IconShieldX from '@tabler/icons-react/icons/IconShieldX';
import { saveFile } from '../../lib/api.ts';
// biome-ignore lint/correctness/useImportExtensions: its types are in a file of their own
import type { Facts, Finding } from '../../public/audit-verify.mjs';
import { useFormats, useTexts } from '../../text/language.tsx';
import classes from './audit-trail.module.css';
import type { Verified } from './verifier.ts';

const ofCheckpoints = new Set([
  'fork',
  'dropped',
  'reordered_checkpoint',
  'bad_signature',
  'foreign_checkpoint',
]);
/** How many findings are listed; the file has all. */
const mostListed = 20;

/** A finding in words. */
function useFinding(): (finding: Finding) => string {
  const { verify } = useTexts().audit;
  const { number } = useFormats();
  return ({ code, from, to = from }) => {
    const text = verify.findings[code];
    if (from === undefined || to === undefined) return text;
    if (ofCheckpoints.has(code)) return `${verify.checkpointOf(number(from))} – ${text}`;
    const subject =
      from === to ? verify.entry(number(from)) : verify.entries(`${number(from)}–${number(to)}`);
    return `${subject} – ${text}`;
  };
}

/** What verifying has found, in words. */
export function VerifyResult({
  verified: { result, parts },
  name,
}: {
  readonly verified: Verified;
  readonly name: string;
}) {
  const { verify } = useTexts().audit;
  const { number } = useFormats();
  const say = useFinding();
  const { findings, facts } = result;
  const isGood = findings.length === 0;
  const isOurs = facts.origin !== undefined;
  const Icon = isGood ? IconShieldCheck : IconShieldX;
  const title = isGood ? verify.good : isOurs ? verify.bad : verify.badFile;
  return (
    <Stack gap="md">
      <Alert
        color={isGood ? 'teal' : 'red'}
        title={title}
        icon={<Icon size={18} aria-hidden />}
        role={isGood ? 'status' : 'alert'}
      >
        {isGood ? (
          <Text size="sm">{facts.leaf ? verify.goodReceipt : verify.goodText(number(facts.entries))}</Text>
        ) : (
          <List size="sm" spacing={4}>
            {findings.slice(0, mostListed).map((finding) => (
              <List.Item key={`${finding.code}-${finding.from}-${finding.line}`}>{say(finding)}</List.Item>
            ))}
            {findings.length > mostListed && (
              <List.Item>{verify.more(number(findings.length - mostListed))}</List.Item>
            )}
          </List>
        )}
      </Alert>
      {isOurs && <VerifiedFacts facts={facts} />}
      {isOurs && facts.leaf === undefined && (
        <Button
          variant="default"
          w="fit-content"
          leftSection={<IconDownload size={16} aria-hidden />}
          onClick={() => saveFile(parts, `${name}.proof.jsonl`, 'application/jsonl')}
        >
          {verify.save}
        </Button>
      )}
    </Stack>
  );
}

function VerifiedFacts({ facts }: { readonly facts: Facts }) {
  const { verify } = useTexts().audit;
  const { number, moment } = useFormats();
  const { expired = 0, withdrawn = 0, uncompared = 0, leftOut = [], newest, key = '', origin = '' } = facts;
  const notes = [
    ...(expired > 0 ? [verify.expired(number(expired))] : []),
    ...(withdrawn > 0 ? [verify.withdrawn(number(withdrawn))] : []),
    ...leftOut.map(({ from, to }) => verify.leftOut(`${number(from)}–${number(to)}`)),
    ...(uncompared > 0 ? [verify.uncompared] : []),
    ...(origin.startsWith(`${window.location.host}/`) ? [] : [verify.otherFile]),
  ];
  return (
    <Stack gap="xs">
      {notes.map((note) => (
        <Text key={note} size="sm">
          {note}
        </Text>
      ))}
      <dl className={classes.facts}>
        {newest && (
          <>
            <dt>{verify.checkpoint}</dt>
            <dd>
              {verify.checkpointText(
                number(newest.size),
                newest.time === undefined ? '' : moment(newest.time),
              )}
            </dd>
          </>
        )}
        <dt>{verify.key}</dt>
        <dd>
          <code style={{ overflowWrap: 'anywhere' }}>{key}</code>
        </dd>
      </dl>
      <Group gap="xs">
        <CopyButton value={key}>
          {({ copied, copy }) => (
            <Button
              variant="default"
              size="xs"
              leftSection={<IconCopy size={14} aria-hidden />}
              onClick={copy}
            >
              {copied ? verify.copied : verify.copyKey}
            </Button>
          )}
        </CopyButton>
        <Text size="xs" c="dimmed">
          {verify.keyHint}
        </Text>
      </Group>
    </Stack>
  );
}
