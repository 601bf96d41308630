import { Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { ShownAuditEntry } from '../../../domain/audit/audit.schema.ts';
import type { User } from '../../../domain/user/profile.schema.ts';
import { Time } from '../../components/labels.tsx';
import { Section } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { browserOf } from '../../lib/browser.ts';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import classes from './person.module.css';
import { entriesOfPersonQuery } from './queries.ts';

interface Props {
  readonly user: User;
}

interface OfTrailProps extends Props {
  readonly id: string;
  readonly title: string;
  readonly action: string;
  /** Shown if there is none. */
  readonly none: string;
  readonly line: (entry: ShownAuditEntry) => ReactNode;
}

/** A person's recent actions of one kind, one per line. */
function OfTrail({ user: { organizationId, userId }, id, title, action, none, line }: OfTrailProps) {
  const { api } = useSession();
  const query = useQuery(entriesOfPersonQuery(api, organizationId, { actor: userId, action }));
  return (
    <Section id={id} title={title}>
      <QueryView query={query} rows={2}>
        {({ items }) =>
          items.length === 0 ? (
            <Text size="sm" c="dimmed">
              {none}
            </Text>
          ) : (
            <ul className={classes.lines} aria-label={title}>
              {items.map((entry) => (
                <Group key={entry.id} component="li" justify="space-between" gap="md" wrap="nowrap">
                  <Text size="sm" miw={0} style={{ overflowWrap: 'anywhere' }} component="div">
                    {line(entry)}
                  </Text>
                  <Text size="sm" c="dimmed" flex="none">
                    <Time at={entry.timestamp} />
                  </Text>
                </Group>
              ))}
            </ul>
          )
        }
      </QueryView>
    </Section>
  );
}

/** When, from where and with which device a person signed in. */
export function SignIns({ user }: Props) {
  const { profile } = useTexts().people;
  const device = (userAgent = ''): string => {
    const browser = browserOf(userAgent);
    if (browser === null) return profile.unknownBrowser;
    return browser.system === null ? browser.name : profile.signedInWith(browser.name, browser.system);
  };
  return (
    <OfTrail
      user={user}
      id="sign-ins"
      title={profile.signIns}
      action="session.started"
      none={profile.noSignIns}
      line={({ userAgent, ip }) => (
        <>
          <span title={userAgent}>{device(userAgent)}</span>
          {ip !== undefined && (
            <Text span c="dimmed">
              {' · '}
              {ip}
            </Text>
          )}
        </>
      )}
    />
  );
}

const textIn = (entry: ShownAuditEntry, name: string): string => {
  const value = entry.details.after?.[name];
  return typeof value === 'string' ? value : '';
};

/** Whom a person has invited. */
export function InvitationsSent({ user }: Props) {
  const { profile } = useTexts().people;
  return (
    <OfTrail
      user={user}
      id="invited"
      title={profile.invited}
      action="invitation.created"
      none={profile.noInvited}
      line={(entry) => <bdi title={textIn(entry, 'email')}>{textIn(entry, 'name')}</bdi>}
    />
  );
}
