import { createSignal } from 'solid-js';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const [now, setNow] = createSignal(Date.now());
setInterval(() => setNow(Date.now()), 20_000);

/** The clock of all pages. It ticks often enough to show minutes. */
export { now };

const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat('en-GB', options);
const clock = format({ hour: '2-digit', minute: '2-digit' });
const weekday = format({ weekday: 'long' });
const shortWeekday = format({ weekday: 'short' });
const dayAndMonth = format({ day: 'numeric', month: 'long' });
const shortDay = format({ day: 'numeric', month: 'short' });
const fullDay = format({ day: 'numeric', month: 'long', year: 'numeric' });

const midnight = (at: number): number => new Date(at).setHours(0, 0, 0, 0);
/** Calendar days from `from` to `to`, whatever the clock says. */
const daysBetween = (from: number, to: number): number => Math.round((midnight(to) - midnight(from)) / day);
const isSameYear = (a: number, b: number): boolean => new Date(a).getFullYear() === new Date(b).getFullYear();
const dayName = (at: number, from: number): string => (isSameYear(at, from) ? dayAndMonth : fullDay).format(at);

/** "38 m", "1 h 17 m", "2 d 3 h": two parts at most, never seconds. */
export const duration = (ms: number): string => {
  const minutes = Math.floor(Math.abs(ms) / minute);
  if (minutes < 60) return `${minutes} m`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} m`;
  const days = Math.floor(hours / 24);
  return hours % 24 === 0 || days > 6 ? `${days} d` : `${days} d ${hours % 24} h`;
};

/** For rows: "now", "3 m", "5 h", "2 d", then the date. */
export const shortAgo = (iso: string, from = now()): string => {
  const age = from - Date.parse(iso);
  if (age < minute) return 'now';
  if (age < hour) return `${Math.floor(age / minute)} m`;
  if (age < day) return `${Math.floor(age / hour)} h`;
  return age < 7 * day ? `${Math.floor(age / day)} d` : shortDay.format(Date.parse(iso));
};

/** For sentences about the past: "just now", "10 minutes ago", "at 09:12 today", "yesterday at 16:20", "on 3 March at 10:00". */
export const since = (iso: string, from = now()): string => {
  const at = Date.parse(iso);
  const minutes = Math.floor((from - at) / minute);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return minutes === 1 ? '1 minute ago' : `${minutes} minutes ago`;
  const days = daysBetween(at, from);
  if (days === 0) return `today at ${clock.format(at)}`;
  if (days === 1) return `yesterday at ${clock.format(at)}`;
  return days < 7
    ? `on ${weekday.format(at)} at ${clock.format(at)}`
    : `on ${dayName(at, from)} at ${clock.format(at)}`;
};

/** For the future: "today at 14:15", "tomorrow, 24 November, at 08:06", "Thursday 26 November at 16:20". */
export const until = (iso: string, from = now()): string => {
  const at = Date.parse(iso);
  const days = daysBetween(from, at);
  if (days === 0) return `today at ${clock.format(at)}`;
  if (days === 1) return `tomorrow, ${dayName(at, from)}, at ${clock.format(at)}`;
  return `${weekday.format(at)} ${dayName(at, from)} at ${clock.format(at)}`;
};

/** The same as an adverb: "today at 14:15", "on Thursday 26 November at 16:20". */
export const onMoment = (iso: string, from = now()): string => {
  const words = until(iso, from);
  return /^to(day|morrow)/.test(words) ? words : `on ${words}`;
};

/** For narrow columns: "14:15" today, "Tue 08:06" within a week, "3 Mar" else. */
export const shortMoment = (iso: string, from = now()): string => {
  const at = Date.parse(iso);
  const days = Math.abs(daysBetween(from, at));
  if (days === 0) return clock.format(at);
  return days < 7 ? `${shortWeekday.format(at)} ${clock.format(at)}` : `${shortDay.format(at)} ${clock.format(at)}`;
};

/** "Monday 23 November 2026, 10:35", the full moment behind every short one. */
export const fullMoment = (iso: string): string => {
  const at = Date.parse(iso);
  return `${weekday.format(at)} ${fullDay.format(at)}, ${clock.format(at)}`;
};

/** The head of a day in a timeline: "Today, Monday 23 November". */
export const dayHead = (iso: string, from = now()): string => {
  const at = Date.parse(iso);
  const name = `${weekday.format(at)} ${dayName(at, from)}`;
  const days = daysBetween(at, from);
  if (days === 0) return `Today, ${name}`;
  return days === 1 ? `Yesterday, ${name}` : name;
};

/** A key that is the same for all moments of one calendar day. */
export const dayKey = (iso: string): string => new Date(iso).toDateString();
export const clockOf = (iso: string): string => clock.format(Date.parse(iso));

/** "25 November 2026" for a calendar day without a clock, `2026-11-25`. */
export const calendarDay = (value: string): string => fullDay.format(new Date(`${value}T00:00:00`));

/** Today as the calendar of this device has it, `2026-11-23`. */
export const todayHere = (from = now()): string => {
  const at = new Date(from);
  const pad = (part: number) => String(part).padStart(2, '0');
  return `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`;
};

/** "Good morning" until noon, "Good afternoon" until six. */
export const greeting = (from = now()): string => {
  const hours = new Date(from).getHours();
  if (hours < 5) return 'Good evening';
  if (hours < 12) return 'Good morning';
  return hours < 18 ? 'Good afternoon' : 'Good evening';
};
