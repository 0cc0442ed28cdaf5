export const flags = {
  title: "疑点",
};
