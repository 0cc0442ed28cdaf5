export const ledger = {
  title: "流水",
};
