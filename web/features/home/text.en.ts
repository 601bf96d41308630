import { inEnglish } from '../../text/count.ts';

/** The start page: the setup guide, the user's own KPIs and teams. */
export const texts = {
  home: 'Home',
  setup: 'Set up your organization',
  setupProgress: (done: number, all: number) => `${done} of ${all} steps done`,
  setupDone: 'Your organization is set up.',
  setupClose: 'Dismiss',
  stepsDone: (count: number) => (count === 1 ? '1 step completed' : `${inEnglish(count)} steps completed`),
  steps: {
    admin_joined: {
      title: 'Join as the first admin',
      action: 'View invitations',
      hint: 'Accept the invitation that was sent to the first admin.',
    },
    contact_complete: {
      title: 'Complete your contact details',
      action: 'Add a phone number',
      hint: 'Add a phone number for your contact so we can reach you when it’s urgent.',
    },
    people_invited: {
      title: 'Invite a teammate',
      action: 'Invite a teammate',
      hint: 'Invite the people you work with and choose their roles.',
    },
    colleague_joined: {
      title: 'Your first teammate joins',
      action: 'View invitations',
      hint: 'Waiting for an invitation to be accepted. If it got lost, resend it.',
    },
    team_created: {
      title: 'Create your first team',
      action: 'Create a team',
      hint: 'A team brings together people who work on the same KPIs.',
    },
    leader_named: {
      title: 'Choose a team lead',
      action: 'Choose a team lead',
      hint: 'The lead looks after the team’s members and KPIs.',
    },
    kpi_created: {
      title: 'Create your first KPI',
      action: 'Create a KPI',
      hint: 'Set what you measure, where it starts and what you’re aiming for.',
    },
    first_check_in: {
      title: 'Check in for the first time',
      action: 'Check in',
      hint: 'Enter a KPI’s current value to see whether it’s on track.',
    },
  },
  allFigures: 'View analytics',
  allTeams: 'View all teams',
  allActivity: 'View audit log',
  yourKpis: 'Your KPIs',
  yourTeams: 'Your teams',
  noKpis: 'No KPIs assigned to you yet',
  noKpisText: 'KPIs you own or check in on appear here.',
  noTeams: 'You’re not in a team yet. An admin or a team lead can add you.',
  dueCount: (count: number) =>
    count === 1 ? '1 check-in is due this week.' : `${inEnglish(count)} check-ins are due this week.`,
  nothingDue: 'All check-ins done',
  due: 'Due',
  checkInHint: 'Type a value and press Enter to move to the next KPI.',
  addComment: 'Add comment',
  addCommentFor: (name: string) => `Add comment to the check-in for ${name}`,
  commentFor: (name: string) => `Comment on the check-in for ${name}`,
  refused: (name: string) => `The check-in for ${name} wasn’t saved.`,
  recent: 'Recent check-ins',
  noRecent: 'No check-ins yet',
  values: 'Trend',
  valuesOf: (first: string, last: string, count: number) =>
    `${inEnglish(count)} ${count === 1 ? 'value' : 'values'}, from ${first} to ${last}`,
  trends: 'Trends',
  teamKpis: 'Team KPIs',
  noTeamKpis: 'This team has no KPIs yet',
  noTeamKpisText: 'Create a KPI and make this team its owner.',
  analytics: 'Analytics',
};
