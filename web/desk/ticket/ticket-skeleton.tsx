import { Delayed } from '../../ui/delayed.tsx';
import { ListSkeleton } from '../../ui/list-skeleton.tsx';

/** Grey bars in place of a ticket that is loading. */
export const TicketSkeleton = () => (
  <div class="alone">
    <Delayed>
      <div class="step-bar-skeleton" aria-hidden="true">
        <span class="bone round" />
        <span class="bone round" />
        <span class="bone round" />
        <span class="bone w72" />
      </div>
    </Delayed>
    <ListSkeleton what="the ticket" rows={5} />
  </div>
);
