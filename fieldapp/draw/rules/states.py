"""Where a draw stands."""

from fieldapp.words import Labelled, N_


class DrawState(Labelled):
    """The steps of a draw, in their only order."""

    FROZEN = "frozen", N_("名录已冻结，等待承诺")
    COMMITTED = "committed", N_("已全部承诺，等待揭示")
    BEACON_NAMED = "beacon_named", N_("已全部揭示，等待公共随机信标")
    REVEALED = "revealed", N_("种子已生成，待抽取对象")
    DRAWN = "drawn", N_("对象已抽取，待匹配人员")
    MATCHED = "matched", N_("人员已匹配")
    VOID = "void", N_("已作废")
