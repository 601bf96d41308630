import { Group, Progress, Text } from '@mantine/core';
import IconCheck from '@tabler/icons-react/icons/IconCheck';
import { stages } from '../../../../domain/onboarding/onboarding.schema.ts';
import type { OrganizationWithCounts } from '../../../../domain/organization/organization.schema.ts';
import { Section } from '../../../components/page.tsx';
import { useTexts } from '../../../text/language.tsx';
import { SubscriptionInWords, UsedOfPlan } from '../plan.tsx';
import classes from './customer.module.css';
import { DetailsCard } from './details-card.tsx';
import { HealthCard } from './health-card.tsx';
import { PeopleCard } from './people-card.tsx';
import { TimelineCard } from './timeline-card.tsx';
import { UsageCharts } from './usage-charts.tsx';

interface Props {
  readonly organization: OrganizationWithCounts;
}

/** A customer at one look: how they are doing and what to do next, their use, their people, what happened. */
export function CustomerOverview({ organization }: Props) {
  return (
    <div className={classes.columns}>
      <div className={classes.column}>
        <HealthCard organization={organization} />
        {organization.stage !== 'active' && <OnboardingCard organization={organization} />}
        <UsageCharts organization={organization} />
        <TimelineCard organization={organization} />
      </div>
      <div className={classes.column}>
        <PlanCard organization={organization} />
        <PeopleCard organization={organization} />
        <DetailsCard organization={organization} />
      </div>
    </div>
  );
}

function PlanCard({ organization: { subscription, counts } }: Props) {
  const { organizations } = useTexts();
  return (
    <Section id="plan-usage" title={organizations.used}>
      <Text size="sm" c="dimmed">
        <SubscriptionInWords {...subscription} />
      </Text>
      <UsedOfPlan plan={subscription.plan} counts={counts} />
    </Section>
  );
}

/** How far a new customer has come. */
function OnboardingCard({ organization: { stage } }: Props) {
  const { organizations, analytics } = useTexts();
  const { customer } = organizations;
  const done = stages.indexOf(stage) + 1;
  const progress = customer.onboardingDone(done, stages.length);
  return (
    <Section id="onboarding" title={customer.onboarding}>
      <Group gap="sm" wrap="nowrap">
        <Progress value={(done / stages.length) * 100} flex={1} aria-label={progress} />
        <Text size="sm">{progress}</Text>
      </Group>
      <ol className={classes.stages}>
        {stages.map((name, index) => (
          <li key={name} className={classes.stage} data-done={index < done ? '' : undefined}>
            {index < done && <IconCheck size={14} className={classes.good} aria-hidden />}
            {analytics.stages[name]}
            {index === done && (
              <Text component="span" size="xs" c="dimmed">
                {customer.stageNext}
              </Text>
            )}
          </li>
        ))}
      </ol>
    </Section>
  );
}
