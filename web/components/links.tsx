import { Anchor, type AnchorProps, Avatar } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import type { MouseEvent, ReactNode } from 'react';

interface NameProps extends Pick<AnchorProps, 'size' | 'fw' | 'c'> {
  readonly organizationId: string;
  readonly name: string;
}

interface LinkProps extends Omit<NameProps, 'organizationId'> {
  readonly to: string;
  readonly children?: ReactNode;
}

/**
 * The name of a thing, leading to its page. One line: what doesn't fit is cut, and shown whole by the title.
 * A plain link: a router's own in each of thousands of rows follows every change of the address.
 */
function NameLink({ to, name, children, size = 'sm', ...look }: LinkProps) {
  const navigate = useNavigate();
  const follow = (event: MouseEvent) => {
    const isElsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (isElsewhere || event.button !== 0) return;
    event.preventDefault();
    void navigate({ to });
  };
  return (
    <Anchor href={to} onClick={follow} title={name} size={size} truncate maw="100%" {...look}>
      {children}
      <bdi>{name}</bdi>
    </Anchor>
  );
}

/** A person's name, leading to their page. */
export const PersonLink = ({ organizationId, userId, ...props }: NameProps & { readonly userId: string }) => (
  <NameLink to={`/organizations/${organizationId}/users/${userId}`} {...props} />
);

/** A team's name, leading to its page. */
export const TeamLink = ({ organizationId, teamId, ...props }: NameProps & { readonly teamId: string }) => (
  <NameLink to={`/organizations/${organizationId}/teams/${teamId}`} {...props} />
);

/** A KPI's name, leading to its page. */
export const KpiLink = ({ organizationId, kpiId, ...props }: NameProps & { readonly kpiId: string }) => (
  <NameLink to={`/organizations/${organizationId}/kpis/${kpiId}`} {...props} />
);

/** An organization's name, leading a super admin to its page on the platform. */
export const OrganizationLink = ({ organizationId, ...props }: NameProps) => (
  <NameLink to={`/admin/organizations/${organizationId}`} {...props} />
);

/** Initials on a color of their own, so that one is found again. The name stands beside it. */
export const PersonAvatar = ({ name, size = 24 }: { readonly name: string; readonly size?: number }) => (
  <Avatar component="span" name={name} color="initials" size={size} radius="xl" aria-hidden />
);
