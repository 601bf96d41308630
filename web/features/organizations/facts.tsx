import { Anchor, SimpleGrid, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { OrganizationWithCounts } from '../../../domain/organization/organization.schema.ts';
import { Section } from '../../components/section.tsx';
import { Day, Time } from '../../components/time.tsx';
import { useFormats, useTexts } from '../../text/language.tsx';
import { SubscriptionInWords } from './subscription-in-words.tsx';
import { UsedOfPlan } from './used-of-plan.tsx';

const Fact = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <Stack gap={0} component="div">
    <Text size="xs" c="dimmed">
      {title}
    </Text>
    <Text component="div" size="sm" style={{ overflowWrap: 'anywhere' }}>
      {children}
    </Text>
  </Stack>
);

/** An organization at one look: what it uses of its plan, and what is known of it. */
export function Facts({ organization }: { readonly organization: OrganizationWithCounts }) {
  const { organizations, analytics } = useTexts();
  const { contactPerson, subscription, counts } = organization;
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
      <Section id="used" title={organizations.used}>
        <UsedOfPlan plan={subscription.plan} counts={counts} />
      </Section>
      <Section id="facts" title={organizations.facts}>
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md">
          <Fact title={organizations.contact}>
            <bdi>{contactPerson.name}</bdi>
            <br />
            <Anchor size="sm" href={`mailto:${contactPerson.email}`}>
              {contactPerson.email}
            </Anchor>
            {contactPerson.phone !== undefined && <Text size="sm">{contactPerson.phone}</Text>}
          </Fact>
          <Fact title={organizations.subscription}>
            <SubscriptionInWords {...subscription} />
          </Fact>
          <Fact title={organizations.stage}>{analytics.stages[organization.stage]}</Fact>
          <Fact title={organizations.lastActivity}>
            <Day at={organization.lastActivityOn} />
          </Fact>
          <MoreFacts organization={organization} />
        </SimpleGrid>
      </Section>
    </SimpleGrid>
  );
}

function MoreFacts({ organization }: { readonly organization: OrganizationWithCounts }) {
  const { organizations } = useTexts();
  const { list } = useFormats();
  const { allowedDomains, externalId, metadata, createdAt, updatedAt, id } = organization;
  return (
    <>
      <Fact title={organizations.allowedDomains}>
        {allowedDomains.length === 0 ? organizations.anyDomain : list(allowedDomains)}
      </Fact>
      <Fact title={organizations.externalId}>{externalId ?? '–'}</Fact>
      {Object.entries(metadata).map(([name, value]) => (
        <Fact key={name} title={name}>
          {value}
        </Fact>
      ))}
      <Fact title={organizations.created}>
        <Time at={createdAt} />
      </Fact>
      <Fact title={organizations.changed}>
        <Time at={updatedAt} />
      </Fact>
      <Fact title={organizations.id}>
        <Text ff="monospace" size="sm">
          {id}
        </Text>
      </Fact>
    </>
  );
}
