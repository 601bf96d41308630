import { Anchor, Group, Paper, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ComponentProps, ReactNode } from 'react';
import { useFormats } from '../../text/language.tsx';
import { Definition } from '../definition.tsx';
import { Delta } from './delta.tsx';
import classes from './figure.module.css';
import { Sparkline } from './sparkline.tsx';

interface Props {
  readonly title: string;
  /** What is counted, and how, in one sentence. */
  readonly definition: string;
  /** Null if unknown. */
  readonly value: number | null;
  readonly delta?: ComponentProps<typeof Delta> | undefined;
  /** Shown instead of the delta if there is none. */
  readonly hint?: ReactNode;
  /** Recent values, for a sparkline. */
  readonly trend?: readonly (number | null)[] | undefined;
  /** A link to the data behind the figure. */
  readonly to?: string | undefined;
}

/** One important number: its meaning, its change, and a link to what is behind it. */
export function Figure({ title, definition, value, delta, hint, trend = [], to }: Props) {
  const { number, compact } = useFormats();
  const shown = value === null ? '–' : number(value);
  const short = shown.length > 11 && value !== null ? compact(value) : shown;
  const isDrawn = trend.filter((one) => one !== null).length > 1;
  return (
    <Paper withBorder radius="md" p="md" className={classes.figure}>
      <Group gap={4} wrap="nowrap" justify="space-between">
        {to === undefined ? (
          <Text size="sm" c="dimmed">
            {title}
          </Text>
        ) : (
          <Anchor component={Link} to={to} size="sm" c="dimmed" className={classes.link ?? ''}>
            {title}
          </Anchor>
        )}
        <Definition title={title} text={definition} />
      </Group>
      <Stack gap={0}>
        <Text fz={24} fw={600} lh={1.4} title={shown} className="figures">
          {short}
        </Text>
        {delta?.change ? (
          <Delta {...delta} />
        ) : (
          <Text size="xs" c="dimmed" component="div">
            {hint}
          </Text>
        )}
      </Stack>
      {isDrawn && (
        <div className={classes.trend}>
          <Sparkline values={trend} width="full" />
        </div>
      )}
    </Paper>
  );
}
