export const call = {
  title: "通话台",
};
