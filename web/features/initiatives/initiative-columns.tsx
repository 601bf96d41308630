import { Group } from '@mantine/core';
import { useMemo } from 'react';
import { type Initiative, InitiativeStatus } from '../../../domain/initiative/initiative.schema.ts';
import { MemberName } from '../../components/kpi-owner.tsx';
import { Day } from '../../components/labels.tsx';
import { KpiLink } from '../../components/links.tsx';
import { StatusBadge, type Tone } from '../../components/status-badge.tsx';
import type { Column } from '../../components/table/column.ts';
import { useFormats, useTexts } from '../../text/language.tsx';
import { InitiativeActions } from './initiative-actions.tsx';

const tones: Readonly<Record<InitiativeStatus, Tone>> = {
  planned: 'neutral',
  active: 'info',
  done: 'good',
  dropped: 'neutral',
};

/** Whether it should have been done by now. */
const isOverdue = ({ dueDate, status }: Initiative, now: Date): boolean =>
  (status === 'planned' || status === 'active') && dueDate < now.toISOString().slice(0, 10);

function Due({ one }: { readonly one: Initiative }) {
  const { initiatives: texts } = useTexts();
  return (
    <Group gap={6} wrap="nowrap">
      <Day at={one.dueDate} />
      {isOverdue(one, new Date()) && <StatusBadge tone="bad">{texts.overdue}</StatusBadge>}
    </Group>
  );
}

/** What a list shows of each initiative, with its KPI where they are of several. */
export function useInitiativeColumns(showsKpi: boolean): readonly Column<Initiative>[] {
  const { initiatives: texts, common, kpis } = useTexts();
  const { date } = useFormats();
  return useMemo(() => {
    const columns: readonly Column<Initiative>[] = [
      {
        id: 'title',
        title: texts.title,
        cell: ({ title, notes }) => (
          <bdi title={notes === undefined ? title : `${title}\n${notes}`}>{title}</bdi>
        ),
        text: ({ title }) => title,
        sort: ({ title }) => title,
      },
      {
        id: 'status',
        title: texts.status,
        width: 120,
        cell: ({ status }) => <StatusBadge tone={tones[status]}>{texts.statuses[status]}</StatusBadge>,
        text: ({ status }) => texts.statuses[status],
        sort: ({ status }) => InitiativeStatus.options.indexOf(status),
        phone: 'fact',
      },
      {
        id: 'kpi',
        title: texts.kpi,
        cell: ({ organizationId, kpiId, kpiName }) => (
          <KpiLink organizationId={organizationId} kpiId={kpiId} name={kpiName} />
        ),
        text: ({ kpiName }) => kpiName,
        sort: ({ kpiName }) => kpiName,
        phone: 'hidden',
      },
      {
        id: 'owner',
        title: texts.ownerId,
        cell: ({ organizationId, ownerId, ownerName }) => (
          <MemberName organizationId={organizationId} userId={ownerId} name={ownerName} />
        ),
        text: ({ ownerName }) => ownerName ?? kpis.formerMember,
        sort: ({ ownerName }) => ownerName,
        phone: 'fact',
      },
      {
        id: 'due',
        title: texts.dueDate,
        width: 200,
        cell: (one) => <Due one={one} />,
        text: ({ dueDate }) => date(dueDate),
        sort: ({ dueDate }) => dueDate,
        phone: 'fact',
      },
      { id: 'notes', title: texts.notes, cell: ({ notes = '' }) => notes, phone: 'hidden' },
      {
        id: 'actions',
        title: common.actions,
        width: 56,
        actions: true,
        cell: (one) => <InitiativeActions one={one} />,
      },
    ];
    return columns.filter(({ id }) => showsKpi || id !== 'kpi');
  }, [texts, common, kpis, date, showsKpi]);
}
