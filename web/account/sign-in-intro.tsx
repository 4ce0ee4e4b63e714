import { Brand } from '../ui/brand.tsx';

/** The coloured half of the sign-in page: how a request travels. */
export const SignInIntro = () => (
  <section class="intro" aria-label="About">
    <Brand name="Ticket Tracking System" subtitle="with the Help Desk" />
    <div class="mid">
      <div class="words">
        <p>Every request keeps its place in line.</p>
      </div>
      <ol class="journey" aria-label="How a request travels">
        <li>
          <b>Sent</b>
          <span>You get a number at once.</span>
        </li>
        <li class="now">
          <b>Reviewed</b>
          <span>A coordinator reads it and finds the right team.</span>
          <div class="stub" aria-hidden="true">
            <div class="tear">
              <span class="no">
                <span>TX20261123</span>004141
              </span>
            </div>
            <div class="tale">
              <b>Laptop for a new colleague</b>
              <span>ready by Wednesday, 10:35</span>
            </div>
          </div>
        </li>
        <li class="next">
          <b>Worked on</b>
          <span>You see who has it, and until when.</span>
        </li>
        <li class="next">
          <b>Confirmed</b>
          <span>You say when it is done.</span>
        </li>
      </ol>
    </div>
  </section>
);
