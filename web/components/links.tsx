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
 * An item's name, linked to its page. Truncated to one line; the title shows the rest. A plain anchor: in
 * long lists, router links would each re-render on every navigation.
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

/** A person's name, linked to their page. */
export const PersonLink = ({ organizationId, userId, ...props }: NameProps & { readonly userId: string }) => (
  <NameLink to={`/organizations/${organizationId}/users/${userId}`} {...props} />
);

/** A team's name, linked to its page. */
export const TeamLink = ({ organizationId, teamId, ...props }: NameProps & { readonly teamId: string }) => (
  <NameLink to={`/organizations/${organizationId}/teams/${teamId}`} {...props} />
);

/** A KPI's name, linked to its page. */
export const KpiLink = ({ organizationId, kpiId, ...props }: NameProps & { readonly kpiId: string }) => (
  <NameLink to={`/organizations/${organizationId}/kpis/${kpiId}`} {...props} />
);

/** An organization's name, linked to its page for super admins. */
export const OrganizationLink = ({ organizationId, ...props }: NameProps) => (
  <NameLink to={`/admin/organizations/${organizationId}`} {...props} />
);

/** Initials on a color derived from the name. The name is shown next to it. */
export const PersonAvatar = ({ name, size = 24 }: { readonly name: string; readonly size?: number }) => (
  <Avatar component="span" name={name} color="initials" size={size} radius="xl" aria-hidden />
);
