import { Button, CloseButton, Group, Paper, Progress, Stack, Text, UnstyledButton } from '@mantine/core';
import { useDisclosure, useLocalStorage } from '@mantine/hooks';
import IconCheck from '@tabler/icons-react/icons/IconCheck';
import IconChevronDown from '@tabler/icons-react/icons/IconChevronDown';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useId, useState } from 'react';
import type { OrganizationId } from '../../../domain/ids.ts';
import type { Onboarding, Step as StepName } from '../../../domain/organization/onboarding.schema.ts';
import { analyticsRoutes } from '../../../functions/http/analytics/routes.ts';
import { Section } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import type { CallApi } from '../../lib/api.ts';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import classes from './setup-guide.module.css';

const onboardingQuery = (api: CallApi, organizationId: OrganizationId) =>
  queryOptions({
    queryKey: ['onboarding', organizationId],
    queryFn: ({ signal }) => api(analyticsRoutes.getOnboarding, { params: { organizationId }, signal }),
    // Steps are completed on other pages; returning from there must show it immediately.
    staleTime: 0,
  });

/** A step-by-step setup guide, derived from existing data; once complete, a line that can be dismissed. */
export function SetupGuide({ organizationId }: { readonly organizationId: OrganizationId }) {
  const { api } = useSession();
  const query = useQuery(onboardingQuery(api, organizationId));
  return (
    <QueryView query={query} rows={1}>
      {(onboarding) =>
        onboarding.next === null ? (
          <SetupDone organizationId={organizationId} />
        ) : (
          <Steps {...onboarding} next={onboarding.next} />
        )
      }
    </QueryView>
  );
}

/** Shown until read: setup is complete. */
function SetupDone({ organizationId }: { readonly organizationId: OrganizationId }) {
  const { home } = useTexts();
  const [isClosed, setClosed] = useLocalStorage({
    key: `mtcms-setup-done-${organizationId}`,
    defaultValue: false,
    getInitialValueInEffect: false,
  });
  if (isClosed) return null;
  return (
    <Paper withBorder px="md" py="xs">
      <Group justify="space-between" wrap="nowrap">
        <Group gap="xs" wrap="nowrap">
          <IconCheck size={16} className={classes.check} aria-hidden />
          <Text size="sm">{home.setupDone}</Text>
        </Group>
        <CloseButton aria-label={home.setupClose} onClick={() => setClosed(true)} />
      </Group>
    </Paper>
  );
}

/** The remaining steps in order, one of them open; completed ones are collapsed. */
function Steps({ steps, done, next }: Onboarding & { readonly next: StepName }) {
  const { home } = useTexts();
  const [chosen, setChosen] = useState<StepName | null>(null);
  // Completing the open step opens the next one.
  const isLeft = steps.some((one) => one.step === chosen && !one.done);
  const opened = isLeft ? chosen : next;
  const progress = home.setupProgress(done, steps.length);
  return (
    <Section id="setup" title={home.setup}>
      <Group gap="sm" wrap="nowrap">
        <Progress value={(done / steps.length) * 100} aria-label={progress} flex={1} />
        <Text size="sm" className="figures" flex="none">
          {progress}
        </Text>
      </Group>
      <ol className={classes.steps}>
        {steps
          .filter((step) => !step.done)
          .map((step) => (
            <OpenStep
              key={step.step}
              {...step}
              isOpen={step.step === opened}
              isNext={step.step === next}
              onOpen={() => setChosen(step.step)}
            />
          ))}
      </ol>
      <DoneSteps steps={steps.filter((step) => step.done).map(({ step }) => step)} />
    </Section>
  );
}

/** The completed steps, collapsed. */
function DoneSteps({ steps }: { readonly steps: readonly StepName[] }) {
  const { home } = useTexts();
  const [isShown, { toggle }] = useDisclosure(false);
  const id = useId();
  if (steps.length === 0) return null;
  return (
    <div>
      <UnstyledButton className={classes.fold} aria-expanded={isShown} aria-controls={id} onClick={toggle}>
        <span className={classes.done} aria-hidden>
          <IconCheck size={14} stroke={2.5} />
        </span>
        {home.stepsDone(steps.length)}
        <IconChevronDown size={16} aria-hidden className={classes.chevron} />
      </UnstyledButton>
      <ul id={id} className={classes.steps} hidden={!isShown}>
        {steps.map((step) => (
          <li key={step} className={classes.step}>
            <IconCheck size={16} className={classes.check} aria-hidden />
            <Text size="sm" c="dimmed">
              {home.steps[step].title}
            </Text>
          </li>
        ))}
      </ul>
    </div>
  );
}

interface OpenStepProps {
  readonly step: StepName;
  readonly link: string;
  readonly isOpen: boolean;
  readonly isNext: boolean;
  readonly onOpen: () => void;
}

/** A remaining step: its name and, when open, its purpose and a link to where it is done. */
function OpenStep({ step, link, isOpen, isNext, onOpen }: OpenStepProps) {
  const { home } = useTexts();
  const id = useId();
  const { title, hint, action } = home.steps[step];
  return (
    <li className={classes.step} data-open={isOpen || undefined}>
      <span className={classes.left} aria-hidden />
      <Stack gap={4} flex={1} miw={0}>
        <UnstyledButton className={classes.title} aria-expanded={isOpen} aria-controls={id} onClick={onOpen}>
          <Text size="sm" fw={isOpen ? 600 : 500} component="span">
            {title}
          </Text>
          {!isOpen && <IconChevronDown size={16} aria-hidden />}
        </UnstyledButton>
        <div id={id} hidden={!isOpen}>
          <Stack gap="xs" align="flex-start">
            <Text size="sm" c="dimmed">
              {hint}
            </Text>
            <Button component={Link} to={link} variant={isNext ? 'filled' : 'default'}>
              {action}
            </Button>
          </Stack>
        </div>
      </Stack>
    </li>
  );
}
