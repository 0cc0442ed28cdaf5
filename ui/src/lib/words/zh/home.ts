export const home = {
  title: "今天",
};
