import Link from 'lucide-solid/icons/link';
import Printer from 'lucide-solid/icons/printer';
import { Button } from '../../ui/button.tsx';
import { toast } from '../../ui/toast.tsx';

/** Copies the address without the list beside the ticket, because that list is the reader's own. */
const copyLink = async (): Promise<void> => {
  try {
    await navigator.clipboard.writeText(location.origin + location.pathname);
    toast('The link is copied');
  } catch {
    toast('This browser does not let pages copy. Copy the address from its bar.', 'bad');
  }
};

export const TicketTools = () => (
  <span class="push tools no-print">
    <Button kind="quiet" size="small" square icon={Link} label="Copy a link" onClick={() => void copyLink()} />
    <Button kind="quiet" size="small" square icon={Printer} label="Print" onClick={() => print()} />
  </span>
);
