import { SegmentedControl, Text } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Cohort, Cohorts as CohortsData } from '../../../domain/analytics/analytics.schema.ts';
import { platformAnalyticsRoutes } from '../../../functions/http/analytics/routes.ts';
import { Section } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { Empty } from '../../components/states.tsx';
import type { CallApi } from '../../lib/api.ts';
import { useSession } from '../../lib/session.tsx';
import { useFormats, useTexts } from '../../text/language.tsx';
import classes from './cohorts.module.css';

const kinds = ['organizations', 'users'] as const;
type Kind = (typeof kinds)[number];

const freshMilliseconds = 60_000;

const cohortsQuery = (api: CallApi) =>
  queryOptions({
    staleTime: freshMilliseconds,
    queryKey: ['analytics', 'cohorts'],
    queryFn: ({ signal }) => api(platformAnalyticsRoutes.getCohorts, { signal }),
  });

/** How many of those who started in a month are still active, month by month. */
export function Cohorts() {
  const { api } = useSession();
  const { cohorts } = useTexts().analytics;
  const [kind, setKind] = useState<Kind>('organizations');
  const query = useQuery(cohortsQuery(api));
  return (
    <Section id="cohorts" title={cohorts.title}>
      <Text size="sm" c="dimmed">
        {cohorts.text[kind]}
      </Text>
      <SegmentedControl
        aria-label={cohorts.of}
        value={kind}
        onChange={(value) => setKind(kinds.find((one) => one === value) ?? 'organizations')}
        data={kinds.map((value) => ({ value, label: cohorts.kinds[value] }))}
        w="fit-content"
        maw="100%"
      />
      <QueryView query={query} rows={6}>
        {(data) =>
          data[kind].length === 0 ? (
            <Empty title={cohorts.none}>{cohorts.noneText}</Empty>
          ) : (
            <CohortTable kind={kind} data={data} />
          )
        }
      </QueryView>
    </Section>
  );
}

interface TableProps {
  readonly kind: Kind;
  readonly data: CohortsData;
}

function CohortTable({ kind, data: { months, date, ...data } }: TableProps) {
  const { cohorts } = useTexts().analytics;
  const formats = useFormats();
  const longest = Math.max(...data[kind].map(({ active }) => active.length));
  const frame = useElementSize<HTMLDivElement>();
  const table = useElementSize<HTMLTableElement>();
  // A scrollable area must be reachable by keyboard.
  const scrolls = table.width > frame.width;
  return (
    <>
      <div
        ref={frame.ref}
        className={classes.scroll}
        {...(scrolls ? { role: 'group', 'aria-label': cohorts.title, tabIndex: 0 } : {})}
      >
        <table ref={table.ref} className={classes.table} aria-label={cohorts.text[kind]}>
          <thead>
            <tr>
              <th scope="col">{cohorts.began}</th>
              <th scope="col">{cohorts.kinds[kind]}</th>
              {months.slice(0, longest).map((month, after) => (
                <th key={month} scope="col">
                  {cohorts.month(after)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {data[kind].map((cohort) => (
              <tr key={cohort.month}>
                <th scope="row">{formats.monthAndYear(cohort.month)}</th>
                <td className={classes.size}>{formats.number(cohort.size)}</td>
                {cohort.active.map((active, after) => (
                  <Cell
                    // The position identifies the cell.
                    key={months[after]}
                    cohort={cohort}
                    active={active}
                    isPartial={after === cohort.active.length - 1}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {date !== null && (
        <Text size="xs" c="dimmed">
          {cohorts.asOf(formats.date(date))}
        </Text>
      )}
    </>
  );
}

interface CellProps {
  readonly cohort: Cohort;
  readonly active: number | null;
  /** Whether its month isn't over yet. */
  readonly isPartial: boolean;
}

/**
 * A cell whose color strength shows the share, behind the page's text color in either theme. The number is
 * always there, so the color isn't needed.
 */
function Cell({ cohort: { size }, active, isPartial }: CellProps) {
  const { cohorts } = useTexts().analytics;
  const { percent, number } = useFormats();
  if (active === null) return <td>–</td>;
  const share = Math.min(1, active / size);
  return (
    <td
      className={classes.share}
      style={{
        background: `color-mix(in srgb, var(--mantine-primary-color-filled) ${Math.round(share * 45)}%, var(--mantine-color-default-hover))`,
      }}
      data-partial={isPartial ? '' : undefined}
      title={cohorts.activeOf(number(active), number(size))}
    >
      {percent(share)}
    </td>
  );
}
