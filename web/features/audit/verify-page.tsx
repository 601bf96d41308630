import {
  Alert,
  Anchor,
  Button,
  CopyButton,
  FileButton,
  Group,
  List,
  Paper,
  Stack,
  Text,
} from '@mantine/core';
import IconCopy from '@tabler/icons-react/icons/IconCopy';
import IconDownload from '@tabler/icons-react/icons/IconDownload';
import IconFileCheck from '@tabler/icons-react/icons/IconFileCheck';
import IconShieldCheck from '@tabler/icons-react/icons/IconShieldCheck';
import IconShieldX from '@tabler/icons-react/icons/IconShieldX';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Page } from '../../components/page.tsx';
import { Failed } from '../../components/states.tsx';
import { saveFile } from '../../lib/api.ts';
import { useChange } from '../../lib/change.ts';
import { useOrganization } from '../../lib/member.tsx';
import { useSession } from '../../lib/session.tsx';
// biome-ignore lint/correctness/useImportExtensions: its types are in a file of their own
import type { Facts, Finding } from '../../public/audit-verify.mjs';
import { useFormats, useTexts } from '../../text/language.tsx';
import classes from './audit-trail.module.css';
import { type Progress, type Verified, verifyFile, verifyLog } from './verifier.ts';
import { useWitness, WitnessNotice } from './witness-notice.tsx';

const ofCheckpoints = new Set([
  'fork',
  'dropped',
  'reordered_checkpoint',
  'bad_signature',
  'foreign_checkpoint',
]);
/** How many findings are listed; the downloaded file contains all. */
const mostListed = 20;

/** A finding as text. */
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

/** The result of a verification. */
function VerifyResult({
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
  const {
    expired = 0,
    erased = 0,
    withdrawn = 0,
    uncompared = 0,
    leftOut = [],
    newest,
    key = '',
    origin = '',
  } = facts;
  const notes = [
    ...(expired > 0 ? [verify.expired(number(expired))] : []),
    ...(erased > 0 ? [verify.erased(number(erased))] : []),
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

/** Verifies the audit log in the browser, without trusting the server; also for a local file. */
export function VerifyPage() {
  const { id: organizationId } = useOrganization();
  const { api, file } = useSession();
  const { audit } = useTexts();
  const { verify } = audit;
  const client = useQueryClient();
  const [progress, setProgress] = useState<Progress | null>(null);
  const verifying = useChange({
    mutationFn: (given: File | null) =>
      given === null ? verifyLog({ api, file, organizationId }, setProgress) : verifyFile(given, setProgress),
    onSettled: () => {
      setProgress(null);
      void client.invalidateQueries({ queryKey: ['audit-witness', organizationId] });
    },
  });
  const parents = [{ title: audit.audit, to: `/organizations/${organizationId}/audit` }];
  return (
    <Page title={verify.title} parents={parents} description={verify.about}>
      <Stack gap="md" maw={760}>
        <WitnessNotice organizationId={organizationId} isAllowed />
        <Group gap="xs">
          <Button
            leftSection={<IconShieldCheck size={16} aria-hidden />}
            loading={verifying.isPending}
            onClick={() => verifying.mutate(null)}
          >
            {verifying.data ? verify.again : verify.start}
          </Button>
          <FileButton accept=".jsonl,.json" onChange={(given) => given && verifying.mutate(given)}>
            {(props) => (
              <Button
                {...props}
                variant="default"
                leftSection={<IconFileCheck size={16} aria-hidden />}
                disabled={verifying.isPending}
              >
                {verify.file}
              </Button>
            )}
          </FileButton>
        </Group>
        <Text size="sm" c="dimmed">
          {verify.fileHint}
        </Text>
        <Text size="sm" role="status" mih={20}>
          {progress !== null &&
            (progress.step === 'checkpoint'
              ? verify.steps.checkpoint
              : verify.steps.reading(Math.round(progress.bytes / 1000)))}
        </Text>
        {verifying.error !== null && <Failed error={verifying.error} />}
        {verifying.data === null && <Text size="sm">{verify.none}</Text>}
        {verifying.data && !verifying.isPending && (
          <VerifyResult verified={verifying.data} name={`audit-${organizationId}`} />
        )}
        <Verifier />
      </Stack>
    </Page>
  );
}

/** The verifier as a download, and what this browser watches. */
function Verifier() {
  const { id } = useOrganization();
  const { audit } = useTexts();
  const { number, moment } = useFormats();
  const { data } = useWitness(id, true);
  const seen = data?.contradiction === null ? data.seen : null;
  return (
    <Paper withBorder p="md">
      <Stack gap={6}>
        <Anchor href="/audit-verify.mjs" download size="sm" fw={500}>
          {audit.verify.verifier}
        </Anchor>
        <Text size="sm" c="dimmed">
          {audit.verify.verifierHint}
        </Text>
        {seen && (
          <Text size="sm" c="dimmed">
            {audit.witness.since(number(seen.size), moment(seen.time))}
          </Text>
        )}
      </Stack>
    </Paper>
  );
}
