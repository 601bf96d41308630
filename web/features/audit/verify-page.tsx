import { Anchor, Button, FileButton, Group, Paper, Stack, Text } from '@mantine/core';
import IconFileCheck from '@tabler/icons-react/icons/IconFileCheck';
import IconShieldCheck from '@tabler/icons-react/icons/IconShieldCheck';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Page } from '../../components/page.tsx';
import { Failed } from '../../components/states.tsx';
import { useChange } from '../../lib/change.ts';
import { useOrganization } from '../../lib/member.tsx';
import { useSession } from '../../lib/session.tsx';
import { useFormats, useTexts } from '../../text/language.tsx';
import { type Progress, verifyFile, verifyLog } from './verifier.ts';
import { VerifyResult } from './verify-result.tsx';
import { useWitness, WitnessNotice } from './witness-notice.tsx';

/** Verifies the audit log in the browser, without trusting the server, or a file that somebody has. */
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

/** The verifier as a file, and what this browser watches. */
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
