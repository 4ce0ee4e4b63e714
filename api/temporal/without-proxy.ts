const loopback = /^(localhost|127\.[\d.]+|\[::1\])$/;

/**
 * gRPC sends its calls through the proxy that `https_proxy` or `http_proxy` names. No proxy knows the way to this machine,
 * nor to a name without a dot, such as that of another container.
 */
export const withoutProxy = (address: string): Record<string, number> => {
  const host = address.replace(/:\d+$/, '');
  return loopback.test(host) || !/[.:]/.test(host) ? { 'grpc.enable_http_proxy': 0 } : {};
};
