/** Why a page does not offer an action now, in a sentence; null when it does. */
export const whyBlocked = ({ allowed, why }: { allowed: boolean; why: string | null }): string | null =>
  allowed ? null : (why ?? 'This is not possible now.');
