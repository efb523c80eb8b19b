//! The inverse of the standard normal distribution function, so that a normal draw takes exactly one uniform.

/// Where the distribution function reaches `probability` (between 0 and 1, exclusive); good to about 16 digits.
/// Algorithm AS 241 (PPND16) of M. J. Wichura, Applied Statistics 37 (1988).
pub(super) fn quantile(probability: f64) -> f64 {
    let centred = probability - 0.5;
    if centred.abs() <= 0.425 {
        let r = 0.180625 - centred * centred;
        return centred * ratio(r, &CENTRE);
    }
    let tail = if centred < 0.0 { probability } else { 1.0 - probability };
    let r = (-libm::log(tail)).sqrt();
    let size = if r <= 5.0 { ratio(r - 1.6, &SHOULDER) } else { ratio(r - 5.0, &TAIL) };
    if centred < 0.0 { -size } else { size }
}

/// The coefficients of a numerator and a denominator, the constant one first.
type Ratio = [[f64; 8]; 2];

fn ratio(x: f64, coefficients: &Ratio) -> f64 {
    let polynomial = |of: &[f64; 8]| of.iter().rev().fold(0.0, |sum, coefficient| sum * x + coefficient);
    polynomial(&coefficients[0]) / polynomial(&coefficients[1])
}

#[rustfmt::skip]
const CENTRE: Ratio = [
    [3.387_132_872_796_366_5, 1.331_416_678_917_843_8e2, 1.971_590_950_306_551_3e3, 1.373_169_376_550_946e4,
     4.592_195_393_154_987e4, 6.726_577_092_700_87e4, 3.343_057_558_358_813e4, 2.509_080_928_730_122_7e3],
    [1.0, 4.231_333_070_160_091e1, 6.871_870_074_920_579e2, 5.394_196_021_424_751e3,
     2.121_379_430_158_659_7e4, 3.930_789_580_009_271e4, 2.872_908_573_572_194_3e4, 5.226_495_278_852_854e3],
];

#[rustfmt::skip]
const SHOULDER: Ratio = [
    [1.423_437_110_749_683_5, 4.630_337_846_156_546, 5.769_497_221_460_691, 3.647_848_324_763_204_5,
     1.270_458_252_452_368_4, 2.417_807_251_774_506e-1, 2.272_384_498_926_918_4e-2, 7.745_450_142_783_414e-4],
    [1.0, 2.053_191_626_637_759, 1.676_384_830_183_803_8, 6.897_673_349_851e-1,
     1.481_039_764_274_800_8e-1, 1.519_866_656_361_645_7e-2, 5.475_938_084_995_345e-4, 1.050_750_071_644_416_9e-9],
];

#[rustfmt::skip]
const TAIL: Ratio = [
    [6.657_904_643_501_103, 5.463_784_911_164_114, 1.784_826_539_917_291_3, 2.965_605_718_285_048_7e-1,
     2.653_218_952_657_612_4e-2, 1.242_660_947_388_078_4e-3, 2.711_555_568_743_487_6e-5, 2.010_334_399_292_288_1e-7],
    [1.0, 5.998_322_065_558_88e-1, 1.369_298_809_227_358e-1, 1.487_536_129_085_061_5e-2,
     7.868_691_311_456_133e-4, 1.846_318_317_510_054_8e-5, 1.421_511_758_316_446e-7, 2.044_263_103_389_939_8e-15],
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quantile_inverts_the_distribution_function() {
        let cumulative = |x: f64| libm::erfc(-x / std::f64::consts::SQRT_2) / 2.0;
        for exponent in 1..=300 {
            for lead in [1.0, 2.5, 4.9] {
                let probability: f64 = lead * format!("1e-{exponent}").parse::<f64>().unwrap();
                let error = cumulative(quantile(probability)) / probability - 1.0;
                assert!(error.abs() < 1e-12, "{probability}: {error}");
            }
        }
        for percent in 1..100 {
            let probability = f64::from(percent) / 100.0;
            assert!((cumulative(quantile(probability)) - probability).abs() < 1e-15);
        }
        assert_eq!(quantile(0.5), 0.0);
        assert!((quantile(0.975) - 1.959_963_984_540_054).abs() < 1e-15);
    }
}
