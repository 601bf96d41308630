import { Anchor, Badge, Group, Progress, Stack, Text } from '@mantine/core';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { OrganizationId } from '../../../domain/ids.ts';
import type { Onboarding } from '../../../domain/onboarding/onboarding.schema.ts';
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
    // The steps are done on other pages: who comes back from there sees at once that one is done.
    staleTime: 0,
  });

/** The way into the product, step by step, from what is there; once all is done, a line that says so. */
export function SetupGuide({ organizationId }: { readonly organizationId: OrganizationId }) {
  const { api } = useSession();
  const { home } = useTexts();
  const query = useQuery(onboardingQuery(api, organizationId));
  return (
    <QueryView query={query} rows={1}>
      {(onboarding) =>
        onboarding.next === null ? (
          <Text size="sm" c="dimmed">
            <span aria-hidden>✓ </span>
            {home.setupDone}
          </Text>
        ) : (
          <Section id="setup" title={home.setup}>
            <Group justify="space-between" gap="xs">
              <Text size="sm" c="dimmed">
                {home.setupText}
              </Text>
              <Text size="sm">{home.setupProgress(onboarding.done, onboarding.steps.length)}</Text>
            </Group>
            <Progress
              value={(onboarding.done / onboarding.steps.length) * 100}
              aria-label={home.setupProgress(onboarding.done, onboarding.steps.length)}
            />
            <ol className={classes.steps}>
              {onboarding.steps.map((step) => (
                <Step key={step.step} {...step} isNext={step.step === onboarding.next} />
              ))}
            </ol>
          </Section>
        )
      }
    </QueryView>
  );
}

type StepProps = Onboarding['steps'][number] & { readonly isNext: boolean };

function Step({ step, done, link, isNext }: StepProps) {
  const { home } = useTexts();
  const { title, hint } = home.steps[step];
  return (
    <li className={classes.step}>
      <span className={done ? classes.done : classes.open} aria-hidden>
        {done ? '✓' : ''}
      </span>
      <Stack gap={0}>
        <Group gap="xs">
          {done ? (
            <Text size="sm">{title}</Text>
          ) : (
            <Anchor component={Link} to={link} size="sm" fw={500} aria-label={home.goThere(title)}>
              {title}
            </Anchor>
          )}
          {isNext && (
            <Badge variant="light" tt="none" radius="sm">
              {home.stepNext}
            </Badge>
          )}
          {done && <span className="visually-hidden">{home.stepDone}</span>}
        </Group>
        {!done && (
          <Text size="sm" c="dimmed">
            {hint}
          </Text>
        )}
      </Stack>
    </li>
  );
}
