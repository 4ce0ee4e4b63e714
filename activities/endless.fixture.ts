export async function endless(): Promise<void> {
  for (;;);
}

export async function endlessInPromises(): Promise<void> {
  for (;;) await null;
}

export async function ends(): Promise<string> {
  await null;
  return 'ended';
}
