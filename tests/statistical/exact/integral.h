#pragma once

#include <boost/math/quadrature/gauss_kronrod.hpp>

namespace materiel::validation::exact {

/// The integral of a smooth function to about 12 digits.
template <class Function>
double integral(Function f, double from, double to) {
  return boost::math::quadrature::gauss_kronrod<double, 31>::integrate(f, from, to, 12, 1e-12);
}

}  // namespace materiel::validation::exact
