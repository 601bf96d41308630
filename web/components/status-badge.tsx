import type { TablerIcon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './status-badge.module.css';

/** Determines the badge's color. The text states the status. */
export type Tone = 'good' | 'warning' | 'bad' | 'info' | 'neutral';

interface StatusBadgeProps {
  readonly tone: Tone;
  readonly icon?: TablerIcon;
  readonly children: ReactNode;
}

/** A status as text, with a colored dot or an icon. */
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
