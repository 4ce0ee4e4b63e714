interface Query {
  isPending: boolean;
  isLoadingError: boolean;
  data: unknown;
}

/**
 * Whether a query has data, also when loading them again failed: what is shown stays. Ask it before reading `data`, which
 * would suspend the page while they load for the first time.
 */
export const hasLoaded = <Of extends Query>(query: Of): query is Of & { data: NonNullable<Of['data']> } =>
  !query.isPending && !query.isLoadingError;
