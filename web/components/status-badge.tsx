import type { TablerIcon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './status-badge.module.css';

/** How good a state is: it chooses the color. The word says what the state is. */
export type Tone = 'good' | 'warning' | 'bad' | 'info' | 'neutral';

interface StatusBadgeProps {
  readonly tone: Tone;
  readonly icon?: TablerIcon;
  readonly children: ReactNode;
}

/** A state in a word, found by its color: a dot or an icon, and the word. */
export const StatusBadge = ({ tone, icon: Icon, children }: StatusBadgeProps) => (
  <span className={classes.badge} data-tone={tone}>
    {Icon === undefined ? (
      <span className={classes.dot} aria-hidden />
    ) : (
      <Icon size={14} stroke={2} aria-hidden />
    )}
    {children}
  </span>
);
