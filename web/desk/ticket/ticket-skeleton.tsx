import { Bones, Later } from '../../ui/loaded.tsx';

/** The shape of a ticket that is on its way. */
export const TicketBones = () => (
  <div class="alone">
    <Later>
      <div class="stage-bones" aria-hidden="true">
        <span class="bone round" />
        <span class="bone round" />
        <span class="bone round" />
        <span class="bone w72" />
      </div>
    </Later>
    <Bones what="the ticket" rows={5} />
  </div>
);
