import { Anchor, Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import IconAlertTriangle from '@tabler/icons-react/icons/IconAlertTriangle';
import IconCircleCheck from '@tabler/icons-react/icons/IconCircleCheck';
import IconMail from '@tabler/icons-react/icons/IconMail';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Invitation } from '../../../../domain/invitation/invitation.schema.ts';
import type { HealthReasonCode } from '../../../../domain/organization/health.schema.ts';
import type { OrganizationWithCounts } from '../../../../domain/organization/organization.schema.ts';
import { invitationRoutes } from '../../../../functions/http/invitation/routes.ts';
import { HealthBadge, HealthScore, useHealthWords } from '../../../components/health.tsx';
import { Day } from '../../../components/labels.tsx';
import { Section } from '../../../components/page.tsx';
import { SendButton } from '../../../components/send-button.tsx';
import { useMay } from '../../../lib/member.tsx';
import { peopleKey } from '../../../lib/queries.ts';
import { useSession } from '../../../lib/session.tsx';
import { useFormats, useTexts } from '../../../text/language.tsx';
import classes from './customer.module.css';
import { nextActionOf } from './next-action.ts';
import { latestInvitationsQuery, tabOfCustomer } from './queries.ts';

interface Props {
  readonly organization: OrganizationWithCounts;
}

/** A customer's health, the reasons, and what to do about them. */
export function HealthCard({ organization }: Props) {
  const { health, organizations } = useTexts();
  const { customer } = organizations;
  const { date } = useFormats();
  const { signals } = organization;
  const { level, reasons } = organization.health;
  return (
    <Section id="health" title={health.health}>
      <Group gap="sm">
        <HealthBadge level={level} />
        <HealthScore {...organization.health} />
        <Text size="sm" c="dimmed">
          {signals === undefined ? customer.notChecked : customer.asOf(date(signals.date))}
        </Text>
      </Group>
      {reasons.length === 0 ? (
        <Group gap="xs" wrap="nowrap">
          <IconCircleCheck size={16} className={classes.good} aria-hidden />
          <Text size="sm">{customer.allGood}</Text>
        </Group>
      ) : (
        <Reasons organization={organization} />
      )}
      <NextStep organization={organization} />
    </Section>
  );
}

/** The tab on which each reason can be addressed. */
const tabOf: Readonly<Record<HealthReasonCode, string>> = {
  suspended: 'settings',
  plan_expired: 'subscription',
  plan_ends_soon: 'subscription',
  no_admin: 'invitations',
  no_activity: 'usage',
  low_activity: 'usage',
  no_check_ins: 'kpis',
  invitations_waiting: 'invitations',
  teams_without_leader: 'teams',
  kpis_quiet: 'kpis',
};

function Reasons({ organization }: Props) {
  const { health } = useTexts();
  const inWords = useHealthWords();
  return (
    <ul className={classes.reasons} aria-label={health.health}>
      {organization.health.reasons.map((reason) => (
        <li key={reason.code} className={classes.reason}>
          <IconAlertTriangle size={16} className={classes[reason.level]} aria-hidden />
          <Text size="sm">
            <Anchor
              component={Link}
              to={tabOfCustomer(organization.id, tabOf[reason.code])}
              size="sm"
              c="inherit"
            >
              {inWords(reason)}
            </Anchor>
            {reason.date !== undefined && (
              <Text component="span" size="sm" c="dimmed" ms="xs">
                <Day at={reason.date} />
              </Text>
            )}
          </Text>
          <Text size="sm" c="dimmed" className="figures" title={health.takesInFull(reason.weight)}>
            {health.takes(reason.weight)}
          </Text>
        </li>
      ))}
    </ul>
  );
}

const tabOfAct = {
  renew: 'subscription',
  plan: 'subscription',
  inviteAdmin: 'invitations',
  invitations: 'invitations',
  teams: 'teams',
  kpis: 'kpis',
} as const;

const waitingHeight = 52;

/** The recommended action, with its button. */
function NextStep({ organization }: Props) {
  const { api } = useSession();
  const { customer } = useTexts().organizations;
  const may = useMay(organization.id);
  // Hidden from users who may not resend invitations.
  const isOpen = may('list', 'Invitation') && may('update', 'Invitation');
  const { data: invitations = [], isLoading: isPending } = useQuery({
    ...latestInvitationsQuery(api, organization.id),
    enabled: isOpen,
  });
  // Whether to invite an admin or to resend an invitation isn't known until loaded.
  if (organization.admins === 0 && isPending) return <Skeleton height={waitingHeight} />;
  const next = nextActionOf(organization, invitations);
  if (next === null) return null;
  const { contactPerson } = organization;
  return (
    <Group className={classes.next} justify="space-between" gap="sm">
      <Stack gap={0}>
        <Text size="xs" c="dimmed">
          {customer.next}
        </Text>
        <Text size="sm">{customer.why[next.act]}</Text>
      </Stack>
      {next.act === 'resend' && <Resend organization={organization} invitation={next.invitation} />}
      {next.act === 'contact' && (
        <Button
          component="a"
          maw="100%"
          href={`mailto:${contactPerson.email}`}
          leftSection={<IconMail size={16} aria-hidden />}
        >
          {customer.actions.contact(contactPerson.name)}
        </Button>
      )}
      {next.act !== 'resend' && next.act !== 'contact' && (
        <Button component={Link} to={tabOfCustomer(organization.id, tabOfAct[next.act])}>
          {customer.actions[next.act]}
        </Button>
      )}
    </Group>
  );
}

function Resend({ organization, invitation }: Props & { readonly invitation: Invitation }) {
  const { api } = useSession();
  const { customer } = useTexts().organizations;
  const { id: organizationId } = organization;
  const { id: invitationId, name, email } = invitation;
  return (
    <SendButton
      variant="filled"
      maw="100%"
      send={(key) =>
        api(invitationRoutes.resendInvitation, { params: { organizationId, invitationId }, key })
      }
      says={({ delivery }) => (delivery === 'sent' ? customer.resent(email) : customer.queued(email))}
      reloads={peopleKey(organizationId)}
    >
      {customer.actions.resend(name)}
    </SendButton>
  );
}
