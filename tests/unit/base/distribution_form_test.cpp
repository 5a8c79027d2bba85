#include <cmath>
#include <set>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include <materiel/base/distribution_form.h>

namespace materiel {
namespace {

TEST(DistributionForm, TableIsInTheOrderOfTheForms) {
  const auto forms = distribution_forms();
  ASSERT_EQ(forms.size(), static_cast<std::size_t>(DistributionForm::quantiles) + 1);
  for (std::size_t i = 0; i < forms.size(); ++i) {
    EXPECT_EQ(static_cast<std::size_t>(forms[i].form), i);
    EXPECT_EQ(&form_info(forms[i].form), &forms[i]);
  }
}

TEST(DistributionForm, ArgumentsAreNamedOnceScalarsFirst) {
  for (const DistributionFormInfo& form : distribution_forms()) {
    std::set<std::string_view> names;
    bool lists_began = false, defaults_began = false;
    EXPECT_FALSE(form.arguments.empty()) << form.family;
    for (const DistributionArgument& argument : form.arguments) {
      EXPECT_TRUE(names.insert(argument.name).second) << form.family << ' ' << argument.name;
      EXPECT_TRUE(argument.is_list || !lists_began) << form.family << ' ' << argument.name;
      EXPECT_TRUE(argument.has_default || !defaults_began) << form.family << ' ' << argument.name;
      EXPECT_FALSE(argument.is_list && argument.has_default) << form.family << ' ' << argument.name;
      lists_began |= argument.is_list;
      defaults_began |= argument.has_default;
    }
  }
}

TEST(DistributionForm, FormsOfAFamilyDifferInTheirArguments) {
  std::set<std::string> signatures;
  for (const DistributionFormInfo& form : distribution_forms()) {
    std::string signature{form.family};
    for (const DistributionArgument& argument : form.arguments) signature += ' ' + std::string{argument.name};
    EXPECT_TRUE(signatures.insert(signature).second) << signature;
  }
}

TEST(DistributionForm, HasTheArgumentsOfEachFamily) {
  const auto written = [](DistributionForm form) {
    const DistributionFormInfo& info = form_info(form);
    std::string text{info.family};
    for (const DistributionArgument& argument : info.arguments) {
      text += ' ' + std::string{argument.name} + (argument.is_list ? "*" : "") + (argument.has_dimension ? "'" : "");
    }
    return text;
  };
  using Form = DistributionForm;
  EXPECT_EQ(written(Form::triangular), "triangular min' mode' max'");
  EXPECT_EQ(written(Form::pert), "pert min' mode' max' shape");
  EXPECT_EQ(written(Form::normal), "normal mean' sd min' max'");
  EXPECT_EQ(written(Form::lognormal_median_gsd), "lognormal median gsd");
  EXPECT_EQ(written(Form::negative_binomial), "negative_binomial mean dispersion");
  EXPECT_EQ(written(Form::discrete), "discrete values*' weights*");
  EXPECT_EQ(written(Form::quantiles), "quantiles p* x*'");
}

TEST(DistributionForm, HasItsDefaults) {
  const auto argument = [](DistributionForm form, std::size_t i) { return form_info(form).arguments[i]; };
  EXPECT_EQ(argument(DistributionForm::pert, 3).default_value, 4);
  EXPECT_EQ(argument(DistributionForm::normal, 2).default_value, -INFINITY);
  EXPECT_EQ(argument(DistributionForm::normal, 3).default_value, INFINITY);
  EXPECT_EQ(argument(DistributionForm::beta, 2).default_value, 0);
  EXPECT_EQ(argument(DistributionForm::beta, 3).default_value, 1);
}

}  // namespace
}  // namespace materiel
