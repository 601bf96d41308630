import * as z from 'zod/mini';
import { OrganizationId } from '../../../domain/ids.ts';

/** The path parameter that every route of an organization has. */
export const organizationParams = z.strictObject({ organizationId: OrganizationId });
