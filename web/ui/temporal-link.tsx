import ExternalLink from 'lucide-solid/icons/external-link';
import { Icon } from './icon.tsx';

/** Leads to a ticket's workflow in Temporal Web, in a tab of its own. */
export const TemporalLink = (props: { href: string }) => (
  <a class="temporal" href={props.href} target="_blank" rel="noreferrer">
    Open workflow in Temporal <Icon of={ExternalLink} />
  </a>
);
