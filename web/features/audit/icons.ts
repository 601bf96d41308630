import IconBuilding from '@tabler/icons-react/icons/IconBuilding';
import IconCircleCheck from '@tabler/icons-react/icons/IconCircleCheck';
import IconCreditCard from '@tabler/icons-react/icons/IconCreditCard';
import IconDoorExit from '@tabler/icons-react/icons/IconDoorExit';
import IconDownload from '@tabler/icons-react/icons/IconDownload';
import IconFileImport from '@tabler/icons-react/icons/IconFileImport';
import IconFlag from '@tabler/icons-react/icons/IconFlag';
import IconHistory from '@tabler/icons-react/icons/IconHistory';
import IconKey from '@tabler/icons-react/icons/IconKey';
import IconLifebuoy from '@tabler/icons-react/icons/IconLifebuoy';
import IconLogin2 from '@tabler/icons-react/icons/IconLogin2';
import IconMail from '@tabler/icons-react/icons/IconMail';
import IconMessage from '@tabler/icons-react/icons/IconMessage';
import IconRefresh from '@tabler/icons-react/icons/IconRefresh';
import IconShieldCheck from '@tabler/icons-react/icons/IconShieldCheck';
import IconShieldX from '@tabler/icons-react/icons/IconShieldX';
import IconTarget from '@tabler/icons-react/icons/IconTarget';
import IconUser from '@tabler/icons-react/icons/IconUser';
import IconUsersGroup from '@tabler/icons-react/icons/IconUsersGroup';
import IconWebhook from '@tabler/icons-react/icons/IconWebhook';

const icons: Readonly<Record<string, typeof IconHistory>> = {
  access: IconShieldX,
  'api-key': IconKey,
  approval: IconShieldCheck,
  audit: IconDownload,
  'check-in': IconCircleCheck,
  comment: IconMessage,
  'data-export': IconDownload,
  departure: IconDoorExit,
  import: IconFileImport,
  initiative: IconFlag,
  invitation: IconMail,
  kpi: IconTarget,
  organization: IconBuilding,
  session: IconLogin2,
  subscription: IconCreditCard,
  'support-access': IconLifebuoy,
  team: IconUsersGroup,
  'usage-run': IconRefresh,
  user: IconUser,
  webhook: IconWebhook,
};

/** The noun of an action: `check-in` of `check-in.created`. */
export const nounOf = (action: string): string => action.split('.')[0] ?? action;

/** The icon of an entry, by the noun of its action. */
export const iconOf = (action: string) => icons[nounOf(action)] ?? IconHistory;

const alarming = new Set(['access.refused', 'invitation.delivery-failed', 'support-access.emergency-opened']);

/** Whether an entry deserves attention. */
export const isAlarming = (action: string): boolean => alarming.has(action);
