import { Group, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { OrganizationWithCounts } from '../../../../domain/organization/organization.schema.ts';
import { CopyButton } from '../../../components/copy-button.tsx';
import { Day, Time } from '../../../components/labels.tsx';
import { Section } from '../../../components/page.tsx';
import { useSession } from '../../../lib/session.tsx';
import { useFormats, useTexts } from '../../../text/language.tsx';
import { subscriptionHistoryQuery } from '../queries.ts';
import classes from './customer.module.css';

interface FactProps {
  readonly title: string;
  /** Whether what is said has a line of its own: a long id. */
  readonly isLong?: true;
  readonly children: ReactNode;
}

const Fact = ({ title, isLong, children }: FactProps) => (
  <div className={classes.fact} data-long={isLong}>
    <Text component="dt" size="sm" c="dimmed">
      {title}
    </Text>
    <Text component="dd" size="sm" m={0} style={{ overflowWrap: 'anywhere' }}>
      {children}
    </Text>
  </div>
);

/** A value that other systems ask for, with the way to copy it. */
const Copied = ({ value, what }: { readonly value: string; readonly what: string }) => (
  <Group component="span" gap={4} wrap="nowrap">
    <Text component="span" size="xs" ff="monospace">
      {value}
    </Text>
    <CopyButton value={value} what={what} />
  </Group>
);

/** What is known of an organization beside how it is doing. */
export function DetailsCard({ organization }: { readonly organization: OrganizationWithCounts }) {
  const { api } = useSession();
  const { organizations } = useTexts();
  const { customer } = organizations;
  const { list } = useFormats();
  const { data } = useInfiniteQuery(subscriptionHistoryQuery(api, organization.id));
  const founding = data?.pages.flatMap(({ items }) => items).find(({ before }) => before === null);
  const { allowedDomains, externalId, metadata, createdAt, updatedAt, lastActivityOn, id } = organization;
  return (
    <Section id="details" title={customer.details}>
      <dl style={{ margin: 0 }}>
        <Fact title={customer.organizationId} isLong>
          <Copied value={id} what={customer.organizationId} />
        </Fact>
        <Fact title={organizations.externalId}>
          {externalId === undefined ? '–' : <Copied value={externalId} what={organizations.externalId} />}
        </Fact>
        <Fact title={organizations.lastActivity}>
          <Day at={lastActivityOn} />
        </Fact>
        <Fact title={organizations.allowedDomains}>
          {allowedDomains.length === 0 ? organizations.anyDomain : list(allowedDomains)}
        </Fact>
        {Object.entries(metadata).map(([name, value]) => (
          <Fact key={name} title={name}>
            {value}
          </Fact>
        ))}
        <Fact title={customer.customerSince}>
          <Day at={createdAt} />
        </Fact>
        {founding?.byName !== undefined && <Fact title={customer.createdBy}>{founding.byName}</Fact>}
        <Fact title={organizations.changed}>
          <Time at={updatedAt} />
        </Fact>
      </dl>
    </Section>
  );
}
