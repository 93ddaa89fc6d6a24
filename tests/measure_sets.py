"""Every measure in exactly one set of every kind: what common tests expect of it."""

from __future__ import annotations

import numpy as np

from pollbench.measures import registered


def names(text: str) -> set[str]:
    return set(text.split())


# What the oracle gets.
BEST = {
    **dict.fromkeys(
        names(
            """absolute_error absolute_margin_error accuracy_b accuracy_bw aitchison_distance brier
            brier_classes brier_decomposition crps_quantiles crps_samples energy_score gallagher
            half_margin_error hellinger jensen_shannon kl_divergence largest_error likelihood_ratio_test
            log_score log_score_classes loosemore_hanby mae mean_relative_error outside_margin pearson_test
            quantile_score ranked_log_score ranked_probability_score rmse sainte_lague sampling_excess
            total_absolute_error variogram_score weighted_interval_score interval_score defect_design_effect"""
        ),
        0.0,
    ),
    **dict.fromkeys(
        names(
            """kendall_tau_b leader_called order_called pair_called pairwise_order qualification_called
            weighted_tau"""
        ),
        1.0,
    ),
    **dict.fromkeys(
        names(
            """accuracy_a accuracy_a_prime bias clr_bias data_defect_correlation margin_error sample_bias
            two_candidate_share_error"""
        ),
        0.0,
    ),
    "effective_sample_size": np.inf,
}
NO_BEST = names(
    """accuracy_b_floor coverage crps_dirichlet crps_normal dawid_sebastiani dawid_sebastiani_joint
    dirichlet_log_score pit_dirichlet pit_normal pit_samples"""
)

IMPROVES = names(
    """absolute_error accuracy_b accuracy_bw aitchison_distance brier brier_classes brier_decomposition
    crps_dirichlet crps_normal crps_quantiles crps_samples dawid_sebastiani dawid_sebastiani_joint
    defect_design_effect dirichlet_log_score effective_sample_size energy_score gallagher hellinger
    jensen_shannon kl_divergence largest_error likelihood_ratio_test log_score log_score_classes
    loosemore_hanby mae mean_relative_error pearson_test quantile_score ranked_probability_score
    rmse sainte_lague sampling_excess total_absolute_error weighted_interval_score interval_score
    absolute_margin_error half_margin_error ranked_log_score"""
)
#: Proper scores that single cases may contradict: too wide a spread can be right about a gap by chance.
IMPROVES_ON_AVERAGE = {"variogram_score"}
NEVER_WORSENS = names(
    """kendall_tau_b leader_called order_called outside_margin pair_called pairwise_order
    qualification_called weighted_tau"""
)
SIGNED = names(
    """accuracy_a accuracy_a_prime bias clr_bias data_defect_correlation margin_error sample_bias
    two_candidate_share_error"""
)
YARDSTICK = {"accuracy_b_floor", "coverage", "pit_dirichlet", "pit_normal", "pit_samples"}

MOVES_WITH_CANDIDATES = {name for name, each in registered().items() if each.level == "candidate"}
#: Classes that have an order are not interchangeable.
ORDERED_CLASSES = {"ranked_probability_score", "ranked_log_score"}
INVARIANT = set(registered()) - MOVES_WITH_CANDIDATES - ORDERED_CLASSES

EXCHANGEABLE = names(
    """absolute_error accuracy_b aitchison_distance gallagher hellinger jensen_shannon kendall_tau_b
    largest_error loosemore_hanby mae rmse total_absolute_error"""
)
TURNS_SIGN = {"bias", "accuracy_a_prime", "clr_bias"}
NOT_EXCHANGEABLE = names(
    """absolute_margin_error accuracy_a accuracy_b_floor accuracy_bw data_defect_correlation
    defect_design_effect effective_sample_size half_margin_error kl_divergence leader_called
    likelihood_ratio_test margin_error mean_relative_error order_called outside_margin pair_called
    pairwise_order pearson_test qualification_called sainte_lague two_candidate_share_error
    weighted_tau"""
)
DIFFERENT_KINDS = {
    name
    for name, each in registered().items()
    if each.inputs not in ("shares", "order") or each.level == "set"
}

SCALE_POWER = {
    **dict.fromkeys(
        names(
            """absolute_error absolute_margin_error bias crps_normal crps_quantiles crps_samples energy_score
            gallagher half_margin_error interval_score largest_error loosemore_hanby mae margin_error
            quantile_score rmse total_absolute_error variogram_score weighted_interval_score"""
        ),
        1,
    ),
    **dict.fromkeys(
        names(
            """accuracy_a accuracy_a_prime accuracy_b accuracy_bw aitchison_distance clr_bias
            coverage hellinger jensen_shannon kendall_tau_b kl_divergence leader_called
            mean_relative_error order_called pair_called pairwise_order
            pit_normal pit_samples qualification_called sainte_lague sample_bias two_candidate_share_error
            weighted_tau"""
        ),
        0,
    ),
    # Shares say how many of n are counted, so tripling them triples the respondents.
    "likelihood_ratio_test": 1,
    "pearson_test": 1,
    "accuracy_b_floor": -0.5,
}
#: Tied to per cent, to counts of persons, or to a density whose unit moves with the scale.
FIXED_SCALE = names(
    """brier brier_classes brier_decomposition crps_dirichlet data_defect_correlation dawid_sebastiani
    dawid_sebastiani_joint defect_design_effect dirichlet_log_score effective_sample_size log_score
    log_score_classes outside_margin pit_dirichlet ranked_log_score ranked_probability_score
    sampling_excess"""
)

SORTINGS = {
    "the oracle": (set(BEST), NO_BEST),
    "orientation": (IMPROVES, IMPROVES_ON_AVERAGE, NEVER_WORSENS, SIGNED, YARDSTICK),
    "permutation": (INVARIANT, MOVES_WITH_CANDIDATES, ORDERED_CLASSES),
    "exchange of arguments": (EXCHANGEABLE, TURNS_SIGN, NOT_EXCHANGEABLE, DIFFERENT_KINDS),
    "scale": (set(SCALE_POWER), FIXED_SCALE),
}
