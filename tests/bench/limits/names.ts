export const bareQueue = 'bench-bare';
export const bareType = 'bare';
